package org.cartulary.compliance.evidence;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What reviewers look for; all of it must be so, and null wants nothing.
 *
 * @param from first time
 * @param to before which
 * @param actor pseudonym, of whichever shard
 * @param outcome type of the entry that ends a question
 * @param document id
 * @param reference of a case, as it was stated
 * @param model SHA-256 of its file
 * @param questions whether only questions are looked for
 */
public record Wanted(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String actor,
        @Nullable EntryType outcome,
        @Nullable String document,
        @Nullable String reference,
        @Nullable String model,
        boolean questions) {}
