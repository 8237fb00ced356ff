package org.cartulary.inference;

import java.time.Duration;
import java.util.List;

/** A model that says how well passages answer a query. Thread-safe. */
public interface Reranker {
    /** The model that scores now. */
    ModelCard model();

    /** Longest query and passage together, in the model's own tokens, special tokens and template included. */
    int maxTokens();

    /**
     * Scores passages.
     *
     * @param query as the user asked it
     * @param passages 1 to 256 texts
     * @param deadline time from the call until the last score
     * @return one score for each passage, in order, in 0 to 1, higher for a better answer; comparable between the
     *     passages and queries of one model, not between models
     * @throws InferenceRefused when query and passage are longer than {@link #maxTokens} (never cut in silence), or the
     *     queue is full
     * @throws InferenceFailed when the worker died, is not up, or the deadline passed
     */
    List<Double> rerank(String query, List<String> passages, Duration deadline);

    /**
     * The same model for calls on behalf of somebody: callers take turns, and a quarter of the queue is never one caller's.
     *
     * @param caller any name; all calls without one count as one caller's
     */
    Reranker by(String caller);

    /** Tokens of each text without special tokens and template; one call to the worker for all. */
    List<Integer> countTokens(List<String> texts);
}
