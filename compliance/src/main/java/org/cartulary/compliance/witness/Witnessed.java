package org.cartulary.compliance.witness;

import java.time.Instant;

/**
 * A checkpoint that a quorum of witnesses signed.
 *
 * @param size its entries
 * @param time when, by the clock of the witness that completed the quorum
 */
public record Witnessed(long size, Instant time) {}
