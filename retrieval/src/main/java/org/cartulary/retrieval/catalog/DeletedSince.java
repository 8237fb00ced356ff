package org.cartulary.retrieval.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.cartulary.compliance.keys.DataKeys;
import org.jdbi.v3.core.Handle;

/** Documents of an older copy of the database that were deleted or replaced after it was made. */
public final class DeletedSince {
    private static final int FETCHED = 1_000;

    /** Ids of keys are not negative. */
    private static final long NO_KEY = -1;

    private DeletedSince() {}

    /**
     * Those that the log names, and those whose originals have lost their keys: of a replaced document the log says in clear only what
     * took its place.
     *
     * @param named deleted documents, of which the copy need not have any
     */
    public static List<UUID> of(Handle handle, DataKeys keys, Collection<UUID> named) {
        Set<UUID> deleted = Set.copyOf(named);
        return handle
                .createQuery("SELECT id, original_key FROM retrieval.documents ORDER BY id")
                .setFetchSize(FETCHED)
                .map((row, context) -> Map.entry(
                        row.getObject("id", UUID.class),
                        row.getObject("original_key") == null ? NO_KEY : row.getLong("original_key")))
                .stream()
                .filter(document -> deleted.contains(document.getKey())
                        || (document.getValue() != NO_KEY
                                && keys.find(document.getValue()).isEmpty()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
