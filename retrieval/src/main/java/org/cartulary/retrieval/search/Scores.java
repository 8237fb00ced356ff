package org.cartulary.retrieval.search;

import org.jspecify.annotations.Nullable;

/**
 * What each stage gave a passage.
 *
 * @param bm25 above 0, or null where no word matches or the passage is not among the best by words
 * @param dense cosine, or null where the passage is not among the nearest
 * @param fused of both legs together; 0 to 1
 * @param reranked the reranker's, 0 to 1; null where it did not read the passage
 * @param ranked what hits are ordered by: fused, what its nearest neighbours among the candidates got, and what the
 *     reranker thought; 0 to 1
 */
public record Scores(
        @Nullable Double bm25,
        @Nullable Double dense,
        double fused,
        @Nullable Double reranked,
        double ranked) {
    /** Without a look at neighbours. */
    public Scores(@Nullable Double bm25, @Nullable Double dense, double fused) {
        this(bm25, dense, fused, null, fused);
    }

    Scores rankedBy(double score) {
        return new Scores(bm25, dense, fused, reranked, score);
    }

    Scores rerankedBy(@Nullable Double score, double order) {
        return new Scores(bm25, dense, fused, score, order);
    }
}
