package org.cartulary.ingest.chunk;

import java.util.List;

/** Counts tokens as the embedder does; the embedder's own batched count in production. */
@FunctionalInterface
public interface TokenCounter {
    /** One count for each text, in order, special tokens left out. */
    List<Integer> count(List<String> texts);
}
