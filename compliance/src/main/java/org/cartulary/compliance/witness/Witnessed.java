package org.cartulary.compliance.witness;

import java.time.Instant;

/**
 * A checkpoint that a quorum of witnesses signed.
 *
 * @param shard of the log
 * @param size its entries in that shard
 * @param time when, by the clock of the witness that completed the quorum
 */
public record Witnessed(int shard, long size, Instant time) {}
