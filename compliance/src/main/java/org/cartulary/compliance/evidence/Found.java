package org.cartulary.compliance.evidence;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A question or another act that reviewers looked for; what stands in clear of it.
 *
 * @param shard by its name
 * @param actor pseudonym in that shard
 * @param ended the type of the entry that ended a question; null for another act, and as long as it is open
 */
public record Found(
        long number,
        EntryType type,
        String shard,
        String actor,
        Instant time,
        @Nullable EntryType ended,
        @Nullable Instant endedAt) {}
