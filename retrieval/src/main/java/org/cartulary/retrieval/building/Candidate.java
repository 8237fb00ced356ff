package org.cartulary.retrieval.building;

import org.cartulary.retrieval.generation.Generation;
import org.cartulary.retrieval.index.Embedders;
import org.cartulary.retrieval.index.Index;
import org.jspecify.annotations.Nullable;

/** A generation that is being made, and what runs for it. Guarded by its owner's lock. */
final class Candidate {
    final Generation generation;

    /** Null until it could be started. */
    Embedders.@Nullable Running embedder;

    @Nullable
    Backfill backfill;

    /** Null until it has everything. */
    @Nullable
    Index index;

    Candidate(Generation generation) {
        this.generation = generation;
    }

    /** Ends whatever runs for it. */
    void close() {
        if (index != null) {
            index.close();
        } else if (embedder != null) {
            embedder.close();
        }
    }
}
