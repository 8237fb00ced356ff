package org.cartulary.appliance.bench;

/**
 * What being on record costs, against as many bare commits at equal concurrency and in the same rounds.
 *
 * @param writers that work at once
 * @param what of ours is one act
 * @param reference what is one act of the other side
 * @param log the acts with the log
 * @param bare the other side's
 * @param p50Ratio the log's divided by the other side's, over all rounds
 * @param p99Ratio the same of the 99th percentiles
 * @param roundRatio that of the 99th percentiles within each round, which a machine that grows slower or faster does not
 *     distort
 * @param rounds how many were measured, after some that were thrown away; the sides take turns within each
 * @param acts of each side in each round
 */
public record EvidenceLoad(
        String name,
        int writers,
        String what,
        String reference,
        Latency log,
        Latency bare,
        double p50Ratio,
        double p99Ratio,
        Comparison.Side roundRatio,
        int rounds,
        int acts)
        implements Finding {}
