package org.cartulary.retrieval.generation;

import java.util.Locale;

/** How far a generation is. */
public enum GenerationState {
    /** Passages, vectors or postings are being made. */
    BUILDING,
    /** Has all that the active one has, follows every change, and can take its place. */
    BUILT,
    /** Is searched. */
    ACTIVE,
    /** Was searched; stands as it was left, less what was deleted since. */
    RETIRED,
    /** Nothing but its name is left. */
    DROPPED;

    /** As interfaces and the database spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static GenerationState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
