package org.cartulary.retrieval.scope;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How a document stands on a day. Only what is in force is searched unless the question asks otherwise. */
public enum Standing {
    IN_FORCE,
    /** Its effective date is still to come. */
    NOT_YET,
    DRAFT,
    /** Another document stands in its place, or it was said to be superseded. */
    SUPERSEDED,
    EXPIRED;

    /** As interfaces spell it: {@code in-force}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Standing> named(String word) {
        return Stream.of(values())
                .filter(standing -> standing.word().equals(word))
                .findFirst();
    }
}
