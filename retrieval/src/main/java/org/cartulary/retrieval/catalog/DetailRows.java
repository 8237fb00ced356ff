package org.cartulary.retrieval.catalog;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.UUID;
import org.cartulary.retrieval.scope.ScopeColumns;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * What the house says of documents, and what follows for those that they supersede. Runs in the callers' transactions.
 */
final class DetailRows {
    static final String COLUMNS =
            "owner, site, draft, effective_on, review_on, expires_on, withdrawn_on, supersedes, fields";
    static final String VALUES =
            ":owner, :site, :draft, :effectiveOn, :reviewOn, :expiresOn, :withdrawnOn, :supersedes,"
                    + " CAST(:fields AS jsonb)";

    private DetailRows() {}

    static Update bind(Update statement, Details details) {
        return statement
                .bind("owner", details.owner())
                .bind("site", details.site())
                .bind("draft", details.draft())
                .bindByType("effectiveOn", details.effectiveOn(), LocalDate.class)
                .bindByType("reviewOn", details.reviewOn(), LocalDate.class)
                .bindByType("expiresOn", details.expiresOn(), LocalDate.class)
                .bindByType("withdrawnOn", details.withdrawnOn(), LocalDate.class)
                .bindArray("supersedes", String.class, details.supersedes())
                .bind("fields", ScopeColumns.json(details.fields()));
    }

    /** What was said of the documents at a path; a new version of them keeps it. */
    static Optional<Details> at(Handle handle, UUID collection, String path) {
        return handle.createQuery("SELECT * FROM retrieval.documents WHERE collection = :collection AND path = :path"
                        + " ORDER BY state DESC LIMIT 1")
                .bind("collection", collection)
                .bind("path", path)
                .map((row, context) -> Rows.details(row))
                .findOne();
    }

    /** Sets what is said of a document; empty where there is none. */
    static Optional<Document> set(Handle handle, UUID document, Details details) {
        return bind(
                        handle.createUpdate(
                                "UPDATE retrieval.documents SET (" + COLUMNS + ") = (" + VALUES + ") WHERE id = :id"),
                        details)
                .bind("id", document)
                .executeAndReturnGeneratedKeys()
                .map((row, context) -> Rows.document(row))
                .findOne();
    }

    /** Whether a document at a path would supersede itself, by way of others. Drafts count: they are to hold one day. */
    static boolean wouldCircle(Handle handle, UUID collection, String path, SortedSet<String> supersedes) {
        return handle.createQuery("""
                        WITH RECURSIVE below(path) AS (
                            SELECT unnest(CAST(:supersedes AS text[]))
                            UNION
                            SELECT unnest(d.supersedes) FROM below b JOIN retrieval.documents d
                                ON d.collection = :collection AND d.path = b.path AND d.path <> :path)
                        SELECT EXISTS (SELECT 1 FROM below WHERE path = :path)""")
                .bindArray("supersedes", String.class, supersedes)
                .bind("collection", collection)
                .bind("path", path)
                .mapTo(Boolean.class)
                .one();
    }

    /**
     * Decides anew from when on documents are superseded. The caller holds {@link DocumentRows#lockSupersession}.
     *
     * @param paths those of a collection that may be concerned
     * @return ids of the ready documents for which that changed
     */
    static List<UUID> supersede(Handle handle, UUID collection, SortedSet<String> paths) {
        return handle
                .createQuery("""
                        UPDATE retrieval.documents old SET superseded_on = decided.day FROM (
                            SELECT d.id, least(d.withdrawn_on, min(coalesce(n.effective_on, (n.added_at AT TIME ZONE 'UTC')::date))) AS day
                            FROM retrieval.documents d LEFT JOIN retrieval.documents n
                                ON n.collection = d.collection AND n.state = 'ready' AND NOT n.draft
                                    AND n.supersedes @> ARRAY[d.path] AND n.path <> d.path
                            WHERE d.collection = :collection AND d.path = ANY(:paths)
                            GROUP BY d.id, d.withdrawn_on) decided
                        WHERE old.id = decided.id AND old.superseded_on IS DISTINCT FROM decided.day
                        RETURNING old.id, old.state""")
                .bind("collection", collection)
                .bindArray("paths", String.class, paths)
                .map((row, context) -> row.getString("state").equals("ready") ? row.getObject("id", UUID.class) : null)
                .stream()
                .filter(Objects::nonNull)
                .toList();
    }
}
