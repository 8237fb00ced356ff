package org.cartulary.inference.embedding;

/** One thread's way through a model. Used by one thread. */
public interface Lane {
    /**
     * Reads a text.
     *
     * @param tokens at least one, and no more than the engine takes
     * @return what the model makes of it: a vector, or a reranker's score; finite numbers
     * @throws RuntimeException when native code fails, or its numbers are not usable
     */
    float[] read(int[] tokens);
}
