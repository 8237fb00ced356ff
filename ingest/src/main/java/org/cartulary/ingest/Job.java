package org.cartulary.ingest;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One file on its way into a collection.
 *
 * @param path the document's path in the collection
 * @param reason a sentence: why it failed, or what within a ready document could not be read; null where there is nothing
 *     to say
 * @param pages PDF pages, slides or sheets; null before it is read and where the format has none
 * @param passages null until it is ready
 * @param document the document it became, or for a duplicate the one that is there already; null before that
 */
public record Job(
        UUID id,
        UUID collection,
        String path,
        JobState state,
        @Nullable String reason,
        @Nullable Integer pages,
        @Nullable Integer passages,
        @Nullable UUID document,
        Instant createdAt) {}
