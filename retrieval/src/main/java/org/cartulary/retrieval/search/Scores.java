package org.cartulary.retrieval.search;

import org.jspecify.annotations.Nullable;

/**
 * What each stage gave a passage.
 *
 * @param bm25 above 0, or null where no word matches or the passage is not among the best by words
 * @param dense cosine, or null where the passage is not among the nearest
 * @param fused what hits are ordered by; 0 to 1
 */
public record Scores(@Nullable Double bm25, @Nullable Double dense, double fused) {}
