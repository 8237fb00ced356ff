package org.cartulary.retrieval.generation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A generation and what became of it.
 *
 * @param begunBy id of the principal that wanted it; null where the appliance began it by itself
 * @param failure why the making of it halts, in a sentence; null while it goes on
 * @param activatedAt when it was last switched to; null where it never was
 */
public record GenerationRow(
        Generation generation,
        GenerationState state,
        Instant createdAt,
        @Nullable String begunBy,
        @Nullable String failure,
        @Nullable Instant activatedAt) {}
