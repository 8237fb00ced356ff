package org.cartulary.retrieval.catalog;

import java.time.Instant;
import java.util.UUID;
import org.cartulary.retrieval.scope.Validity;
import org.jspecify.annotations.Nullable;

/**
 * A document's entry in the catalog.
 *
 * @param sha256 of its original, in hex
 * @param reason why it failed; null when it is ready
 * @param passages how many it has; 0 when it failed
 * @param details what the house says of it
 * @param validity what comes of that and of the documents that supersede it
 */
public record Document(
        UUID id,
        UUID collection,
        String path,
        String title,
        String mediaType,
        String sha256,
        long bytes,
        @Nullable Integer pages,
        String language,
        DocumentState state,
        @Nullable String reason,
        int passages,
        Instant addedAt,
        Details details,
        Validity validity) {}
