package org.cartulary.retrieval.search;

import java.time.Duration;

/**
 * How far a reranker has its say.
 *
 * @param candidates best passages that it reads, 0 to {@value #MAX_CANDIDATES}; 0 leaves it out
 * @param weight of its scores against those of the search, 0 to 1
 * @param deadline for all of them; a search that the reranker does not finish in time keeps its order, and says so
 */
public record RerankPolicy(int candidates, double weight, Duration deadline) {
    /** Most passages that are read with a question. */
    public static final int MAX_CANDIDATES = 200;

    public static final RerankPolicy DEFAULT = new RerankPolicy(30, 0.5, Duration.ofSeconds(10));

    public RerankPolicy {
        if (candidates < 0 || candidates > MAX_CANDIDATES) {
            throw new IllegalArgumentException(
                    "A reranker reads 0 to " + MAX_CANDIDATES + " passages, but not " + candidates);
        }
        if (!(weight >= 0 && weight <= 1)) {
            throw new IllegalArgumentException("A reranker's weight is 0 to 1, but not " + weight);
        }
    }
}
