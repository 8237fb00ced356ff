package org.cartulary.appliance.bench;

/**
 * How quickly the product searches, and how quickly the bare engines under it do, on the same data and in the same rounds.
 *
 * @param readable how much of the corpus the reader may read
 * @param fused the product's search: both engines, joining them, reading the hits; without the embedding of the question
 * @param words bare Lucene
 * @param meaning bare pgvector
 * @param reference what the ratio is to: with one client the slower engine's median, with more the sum of both medians
 * @param ratio the median of the product's search divided by the reference
 * @param roundRatio the same within each round, which a machine that grows slower or faster does not distort
 * @param rounds how many were measured, after one that was thrown away; the sides take turns within each
 * @param questions of each side in each round
 */
public record SearchLoad(
        String name,
        int passages,
        int clients,
        String readable,
        Latency fused,
        Latency words,
        Latency meaning,
        String reference,
        double ratio,
        Comparison.Side roundRatio,
        int rounds,
        int questions)
        implements Finding {}
