package org.cartulary.retrieval.dense;

import java.util.List;
import org.cartulary.inference.Embedder;

/**
 * The vector of a query of any length. One that is longer than the embedder takes is read in windows: nothing of it is
 * cut. Thread-safe.
 */
public final class QueryEmbedding {
    private final Embedder embedder;

    public QueryEmbedding(Embedder embedder) {
        this.embedder = embedder;
    }

    /**
     * Embeds a query.
     *
     * @return {@link Embedder#dimension} floats, of length 1 where the model's vectors are
     * @throws org.cartulary.inference.InferenceRefused when the queue is full, or the query is a book
     */
    public float[] of(String query) {
        return embedder.embed(List.of(query), Embedder.Input.QUERY, Embedder.Overlong.WINDOWS)
                .getFirst();
    }
}
