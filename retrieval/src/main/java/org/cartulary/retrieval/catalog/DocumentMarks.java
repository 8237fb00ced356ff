package org.cartulary.retrieval.catalog;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.compliance.policy.Policy;
import org.cartulary.compliance.rights.Marking;
import org.cartulary.compliance.rights.Markings;
import org.cartulary.retrieval.dense.VectorIndex;
import org.cartulary.retrieval.lexical.ChangeLog;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Gives documents the markings that the policy says, in the catalog and in both indexes. No text is embedded again. Runs in
 * the callers' transactions; thread-safe.
 */
final class DocumentMarks {
    private final Clock clock;
    private final ChangeLog changes;

    DocumentMarks(Clock clock, ChangeLog changes) {
        this.clock = clock;
        this.changes = changes;
    }

    /** The marking of a document that comes, from now on. No policy changes until the transaction ends. */
    Marking mark(Handle handle, UUID document, UUID collection, String path, OwnMarks own) {
        Marking marking = Markings.forPath(handle, collection, path, own.labels(), own.level(), Policy.hold(handle));
        Markings.mark(handle, document, marking, clock.instant());
        return marking;
    }

    /** Ends the marking of a document that goes. */
    void unmark(Handle handle, UUID document) {
        Markings.unmark(handle, document, clock.instant());
    }

    /** Sets what a document is marked with itself; it is to be marked anew then. Empty where there is none. */
    Optional<Document> set(Handle handle, UUID document, OwnMarks own) {
        return handle.createQuery("UPDATE retrieval.documents SET labels = :labels, level = :level WHERE id = :id"
                        + " RETURNING *")
                .bindArray("labels", UUID.class, own.labels())
                .bind("level", own.level())
                .bind("id", document)
                .map((row, context) -> Rows.document(row))
                .findOne();
    }

    /**
     * Marks documents anew as the policy says now.
     *
     * @param where a condition on {@code retrieval.documents}, with the parameter {@code :scope}
     * @return the last change that searches must know, or 0 where nothing changed
     */
    long remark(Handle handle, String where, UUID scope) {
        long version = Policy.hold(handle);
        long last = 0;
        for (Row row : rows(handle, where, scope)) {
            Marking marking = Markings.forPath(
                    handle,
                    row.collection(),
                    row.path(),
                    row.own().labels(),
                    row.own().level(),
                    version);
            if (row.marking() == null || row.marking() != marking.id()) {
                last = change(handle, row, marking);
            }
        }
        return last;
    }

    private long change(Handle handle, Row row, Marking marking) {
        Markings.mark(handle, row.id(), marking, clock.instant());
        handle.createUpdate("UPDATE retrieval.documents SET marking = :marking WHERE id = :id")
                .bind("marking", marking.id())
                .bind("id", row.id())
                .execute();
        VectorIndex.remark(handle, row.id(), marking.id());
        return row.ready() ? changes.append(handle, row.id(), null) : 0;
    }

    private record Row(
            UUID id,
            UUID collection,
            String path,
            boolean ready,
            @Nullable Long marking,
            OwnMarks own) {}

    private static List<Row> rows(Handle handle, String where, UUID scope) {
        return handle.createQuery("SELECT * FROM retrieval.documents WHERE " + where + " ORDER BY id FOR UPDATE")
                .bind("scope", scope)
                .map((row, context) -> new Row(
                        row.getObject("id", UUID.class),
                        row.getObject("collection", UUID.class),
                        row.getString("path"),
                        row.getString("state").equals("ready"),
                        row.getObject("marking", Long.class),
                        OwnMarks.of(row)))
                .list();
    }
}
