package org.cartulary.inference;

import java.util.List;

/** An embedding model. Thread-safe. Vectors are of length 1 where the model's manifest says so. */
public interface Embedder {
    /** What a text is: some models prefix queries and passages differently. */
    enum Input {
        QUERY,
        PASSAGE
    }

    /** What becomes of a text that is longer than the model takes. Nothing is ever cut. */
    enum Overlong {
        /** The whole call is refused, naming the text and both numbers. */
        REFUSE,
        /**
         * The text is read in windows of {@link #maxTokens}, each overlapping the one before by an eighth, at most 128;
         * its vector is the mean of theirs, each weighted by its tokens, of length 1 where the model's vectors are.
         */
        WINDOWS
    }

    /** The model that embeds now. */
    ModelCard model();

    /** Length of each vector. */
    int dimension();

    /** Longest input, in the model's own tokens, special tokens and prefix included. */
    int maxTokens();

    /**
     * Embeds texts.
     *
     * @param texts 1 to 256 texts
     * @return one vector for each text, in order, each of {@link #dimension} floats
     * @throws InferenceRefused when a text is longer than {@link #maxTokens} (never cut in silence) or the queue is full
     * @throws InferenceFailed when the worker died or is not up
     */
    default List<float[]> embed(List<String> texts, Input input) {
        return embed(texts, input, Overlong.REFUSE);
    }

    /**
     * As {@link #embed(List, Input)}, with a choice for texts that are longer than {@link #maxTokens}.
     *
     * @throws InferenceRefused when a text is too long for that choice or the queue is full
     */
    List<float[]> embed(List<String> texts, Input input, Overlong overlong);

    /**
     * The same model for calls on behalf of somebody. Callers take turns, whoever sends much delays only himself, and a
     * quarter of the queue is never one caller's; queries go before passages.
     *
     * @param caller any name; all calls without one count as one caller's
     */
    Embedder by(String caller);

    /** Tokens of each text without special tokens and prefix; one call to the worker for all. */
    List<Integer> countTokens(List<String> texts);
}
