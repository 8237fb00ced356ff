package org.cartulary.inference.embedding;

import org.cartulary.inference.Embedder;

/**
 * How a model makes vectors.
 *
 * @param dimension of a vector
 * @param maxTokens longest input, special tokens and prefix included
 * @param pooling any but {@link Pooling#RANK}
 * @param normalise whether vectors get length 1
 */
public record EmbeddingShape(
        int dimension, int maxTokens, Pooling pooling, boolean normalise, String queryPrefix, String passagePrefix) {
    /** What stands before a text of this kind. */
    public String prefix(Embedder.Input input) {
        return input == Embedder.Input.QUERY ? queryPrefix : passagePrefix;
    }
}
