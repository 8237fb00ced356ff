package org.cartulary.retrieval.replay;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a search came out the second time.
 *
 * @param changesSince changes of documents since the recorded search, in all collections; where there are none, nothing
 *     but {@link Grade#EXACT} is to be expected
 * @param differences hits that are at another rank now, by rank; empty unless the grade is {@link Grade#DIFFERS}
 */
public record ReplayedSearch(String index, Grade grade, int hits, long changesSince, List<Difference> differences) {
    public ReplayedSearch {
        differences = List.copyOf(differences);
    }

    /** How far it is the same. */
    public enum Grade {
        /** The same passages in the same order, with the same scores to the last digit. */
        EXACT,
        /** The same passages in the same order. Documents that came or went changed how rare words are, say. */
        SAME_HITS,
        DIFFERS
    }

    /** Why a hit is not where it was. */
    public enum Reason {
        /** Its document was deleted or replaced since. */
        GONE,
        /** Its document is marked otherwise since, or holds no more or only now. */
        CHANGED,
        /** Its document was written since. */
        WRITTEN_SINCE,
        /** Others came before it, or went. */
        MOVED
    }

    /**
     * A hit that is not where it was.
     *
     * @param before its rank from 1; null where it was no hit
     * @param now likewise
     */
    public record Difference(
            long passage,
            UUID document,
            @Nullable Integer before,
            @Nullable Integer now,
            Reason reason) {}
}
