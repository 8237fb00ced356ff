package org.cartulary.compliance.purpose;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a collection wants to know with each question.
 *
 * @param purposes any of which must be stated; none is wanted where empty
 * @param reference whether a case or a patient must be named
 */
public record Requirement(SortedSet<String> purposes, boolean reference) {
    public static final Requirement NONE = new Requirement(new TreeSet<>(), false);

    public Requirement {
        purposes = Collections.unmodifiableSortedSet(new TreeSet<>(purposes));
    }

    Map<String, Object> value() {
        return Map.of("purposes", List.copyOf(purposes), "reference", reference);
    }
}
