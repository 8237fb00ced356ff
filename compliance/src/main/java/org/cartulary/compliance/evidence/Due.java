package org.cartulary.compliance.evidence;

import java.time.Instant;
import java.util.List;

/**
 * Entries whose payloads are due.
 *
 * @param types of the entries
 * @param before recorded before this time
 * @param collection id of the one that they concern, or empty for all but those of {@code except}
 * @param except ids of collections
 */
public record Due(List<EntryType> types, Instant before, String collection, List<String> except) {
    public Due {
        types = List.copyOf(types);
        except = List.copyOf(except);
    }
}
