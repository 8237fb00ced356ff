package org.cartulary.retrieval.catalog;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.cartulary.retrieval.lexical.ChangeLog;
import org.jdbi.v3.core.Handle;

/** Lets documents follow those that supersede them. Runs in the callers' transactions. */
final class Supersession {
    private final ChangeLog changes;

    Supersession(ChangeLog changes) {
        this.changes = changes;
    }

    /** A document whose supersession may change, locked; nobody else changes any of its collection until the commit. */
    static Optional<Document> alone(Handle handle, UUID document) {
        handle.createQuery("SELECT collection FROM retrieval.documents WHERE id = :id")
                .bind("id", document)
                .mapTo(UUID.class)
                .findOne()
                .ifPresent(collection -> DocumentRows.lockSupersession(handle, collection, true));
        return DocumentRows.locked(handle, document);
    }

    /**
     * Lets searches know of documents that are superseded now, or no more.
     *
     * @param path of the document that superseded what {@code before} says and supersedes what {@code after} says
     * @return the last change, or 0 where there is none
     */
    long follow(Handle handle, UUID collection, String path, Details before, Details after) {
        SortedSet<String> concerned = new TreeSet<>(before.supersedes());
        concerned.addAll(after.supersedes());
        concerned.add(path);
        long last = 0;
        for (UUID changed : DetailRows.supersede(handle, collection, concerned)) {
            last = changes.append(handle, changed, null);
        }
        return last;
    }
}
