package org.cartulary.compliance.rights;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What a document bears: the labels and the level that decide, together with grants on its collection, who may see it.
 *
 * @param id what indexes store
 * @param labels ids
 * @param level 0 and up; see {@link Levels}
 */
public record Marking(long id, UUID collection, SortedSet<UUID> labels, int level) {
    public Marking {
        labels = Collections.unmodifiableSortedSet(new TreeSet<>(labels));
    }
}
