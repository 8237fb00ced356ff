package org.cartulary.compliance.timestamp;

import java.time.Instant;

/**
 * A checkpoint that existed at a time, as an authority says.
 *
 * @param shard of the log
 * @param size entries of the checkpoint
 * @param time by the authority's clock
 * @param token TimeStampToken (RFC 3161) over SHA-256 of the checkpoint's text, in DER
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they are stored: never changed, never compared as a record
public record Stamp(int shard, long size, Instant time, byte[] token) {}
