package org.cartulary.compliance.evidence;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cartulary.compliance.identity.Principal;

/**
 * An entry before it is written.
 *
 * @param number of the question or act, from {@link EvidenceLog#nextNumber}; 1 to 2^53 - 1
 * @param clear what every reader of every bundle will see for ever: String, Long or List of Long, and only
 *     the fields that docs/leaf-schema.md lists for the type
 * @param sealed what only a salted digest in the leaf and an encrypted payload hold: any JSON value by name
 */
public record EntryDraft(
        EntryType type,
        long number,
        Principal actor,
        SortedMap<String, Object> clear,
        SortedMap<String, Object> sealed) {
    public EntryDraft {
        clear = Collections.unmodifiableSortedMap(new TreeMap<>(clear));
        sealed = Collections.unmodifiableSortedMap(new TreeMap<>(sealed));
    }
}
