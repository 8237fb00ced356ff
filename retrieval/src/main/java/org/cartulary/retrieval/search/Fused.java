package org.cartulary.retrieval.search;

import java.util.Comparator;

/** A passage with the scores of all stages, before it is read. */
record Fused(long passage, Scores scores) {
    /** By what it is ranked by; ties by id, so that a search can be repeated. */
    static final Comparator<Fused> BEST_FIRST = (one, other) -> {
        int by = Double.compare(other.scores.ranked(), one.scores.ranked());
        return by == 0 ? Long.compare(one.passage, other.passage) : by;
    };
}
