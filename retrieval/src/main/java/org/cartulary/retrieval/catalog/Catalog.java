package org.cartulary.retrieval.catalog;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.rights.Grants;
import org.cartulary.compliance.rights.Permission;
import org.cartulary.compliance.rights.ReadFilter;
import org.cartulary.retrieval.originals.Originals;
import org.cartulary.retrieval.originals.TimeOrderedId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * What there is: collections, documents and passages. Methods with a {@link ReadFilter} are for readers and show only
 * what it lets them see; those without are for whoever brings documents in. Thread-safe.
 */
public final class Catalog {
    private static final int MAX_PAGE = 500;
    private static final String DOCUMENT = "SELECT d.* FROM retrieval.documents d ";

    private final Jdbi jdbi;
    private final Grants grants;
    private final Originals originals;
    private final Clock clock;

    public Catalog(Jdbi jdbi, Grants grants, Originals originals, Clock clock) {
        this.jdbi = jdbi;
        this.grants = grants;
        this.originals = originals;
        this.clock = clock;
    }

    /**
     * Makes a collection that the console and its maker manage.
     *
     * @throws IllegalArgumentException when the name is not one
     */
    public Creation create(String name, Principal by) {
        Collection collection = new Collection(TimeOrderedId.next(), name, clock.instant());
        return jdbi.inTransaction(handle -> {
            int inserted = handle.createUpdate("""
                            INSERT INTO retrieval.collections (id, name, created_at) VALUES (:id, :name, :now)
                            ON CONFLICT (name) DO NOTHING
                            """)
                    .bind("id", collection.id())
                    .bind("name", name)
                    .bind("now", OffsetDateTime.now(clock))
                    .execute();
            if (inserted == 0) {
                return new Creation(find(handle, name).orElseThrow(), false);
            }
            // The maker first: nobody widens his own rights where somebody has some already.
            grants.grant(handle, by, collection.id(), Permission.MANAGE, by);
            grants.grant(handle, by, collection.id(), Permission.MANAGE, Principal.CONSOLE);
            return new Creation(collection, true);
        });
    }

    /** The collection of that name. */
    public Optional<Collection> find(String name) {
        return jdbi.withHandle(handle -> find(handle, name));
    }

    /** Every collection, by name; for those who say who may read them, and whatever is in them. */
    public List<Collection> all() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM retrieval.collections ORDER BY name")
                .map((row, context) -> Rows.collection(row))
                .list());
    }

    /** The collections that may be read, by name, with what is in them. */
    public List<CollectionSummary> collections(ReadFilter filter) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT c.*, count(d.id) AS documents, coalesce(sum(d.passages), 0) AS passages
                        FROM retrieval.collections c
                        LEFT JOIN retrieval.documents d ON d.collection = c.id AND d.state = 'ready'
                            AND d.marking = ANY(:markings)
                        WHERE c.id = ANY(:readable) GROUP BY c.id ORDER BY c.name
                        """)
                .bindArray("readable", UUID.class, filter.collections())
                .bindArray("markings", Long.class, filter.markings())
                .map((row, context) ->
                        new CollectionSummary(Rows.collection(row), row.getLong("documents"), row.getLong("passages")))
                .list());
    }

    /**
     * Some documents of a collection, ordered by path; none when the collection may not be read.
     *
     * @param cursor {@link DocumentPage#next} of the page before, or null for the first
     * @param limit 1 to 500
     */
    public DocumentPage documents(UUID collection, ReadFilter filter, @Nullable String cursor, int limit) {
        int rows = Math.clamp(limit, 1, MAX_PAGE);
        DocumentCursor after = cursor == null ? DocumentCursor.START : DocumentCursor.parse(cursor);
        List<Document> found = jdbi.withHandle(handle -> handle.createQuery(DOCUMENT + """
                        WHERE d.collection = :collection AND d.marking = ANY(:readable)
                          AND (d.path, d.state) > (:path, :state)
                        ORDER BY d.path, d.state LIMIT :limit
                        """)
                .bind("collection", collection)
                .bindArray("readable", Long.class, filter.markings())
                .bind("path", after.path())
                .bind("state", after.state())
                .bind("limit", rows + 1)
                .map((row, context) -> Rows.document(row))
                .list());
        boolean more = found.size() > rows;
        List<Document> page = more ? found.subList(0, rows) : found;
        return new DocumentPage(page, more ? DocumentCursor.after(page.getLast()) : null);
    }

    /** A document, if there is one and it may be read. */
    public Optional<Document> document(UUID id, ReadFilter filter) {
        return jdbi.withHandle(
                handle -> handle.createQuery(DOCUMENT + "WHERE d.id = :id AND d.marking = ANY(:readable)")
                        .bind("id", id)
                        .bindArray("readable", Long.class, filter.markings())
                        .map((row, context) -> Rows.document(row))
                        .findOne());
    }

    /** Where a document lies, whoever may read it; for those who look into rights. */
    public Optional<String> path(UUID document) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT path FROM retrieval.documents WHERE id = :id")
                .bind("id", document)
                .mapTo(String.class)
                .findOne());
    }

    /** What a document is marked with itself, whoever may read it; for those who say what documents bear. */
    public Optional<OwnMarks> ownMarks(UUID document) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM retrieval.documents WHERE id = :id")
                .bind("id", document)
                .map((row, context) -> OwnMarks.of(row))
                .findOne());
    }

    /** A document by its id, for the house's own work: no reader's rights are asked. */
    public Optional<Document> find(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery(DOCUMENT + "WHERE d.id = :id")
                .bind("id", id)
                .map((row, context) -> Rows.document(row))
                .findOne());
    }

    /** The ready document of a collection that has these bytes. */
    public Optional<Document> findBySha256(UUID collection, byte[] sha256) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        DOCUMENT + "WHERE d.collection = :collection AND d.sha256 = :sha256 AND d.state = 'ready'")
                .bind("collection", collection)
                .bind("sha256", sha256)
                .map((row, context) -> Rows.document(row))
                .findOne());
    }

    /** The ready document of a collection at a path. */
    public Optional<Document> findByPath(UUID collection, String path) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        DOCUMENT + "WHERE d.collection = :collection AND d.path = :path AND d.state = 'ready'")
                .bind("collection", collection)
                .bind("path", path)
                .map((row, context) -> Rows.document(row))
                .findOne());
    }

    /**
     * A passage and the text around it, if it may be read.
     *
     * @param around most UTF-16 units of text before and after
     */
    public Optional<PassageInContext> passage(UUID document, long passage, ReadFilter filter, int around) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT d.*, p.id AS passage, p.page, p.anchor, p.start_offset, p.end_offset, t.text
                        FROM retrieval.passages p
                        JOIN retrieval.documents d ON d.id = p.document
                        JOIN retrieval.document_texts t ON t.document = d.id AND t.cut = p.cut
                        WHERE p.id = :passage AND p.document = :document AND d.marking = ANY(:readable)
                        """)
                .bind("passage", passage)
                .bind("document", document)
                .bindArray("readable", Long.class, filter.markings())
                .map((row, context) -> PassageInContext.cut(
                        Rows.document(row),
                        row.getLong("passage"),
                        Rows.integer(row, "page"),
                        row.getString("anchor"),
                        row.getString("text"),
                        row.getInt("start_offset"),
                        row.getInt("end_offset"),
                        around))
                .findOne());
    }

    /**
     * Removes originals that a killed process left behind: staged ones that nobody waits for, kept ones without a
     * document. Called at start, before any file is taken in.
     *
     * @param wanted whether a staged original still has a job
     * @return how many were removed
     */
    public int sweepOriginals(Predicate<UUID> wanted) {
        return jdbi.withHandle(handle -> originals.sweep(wanted, id -> exists(handle, id)));
    }

    private static boolean exists(Handle handle, UUID document) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM retrieval.documents WHERE id = :id)")
                .bind("id", document)
                .mapTo(Boolean.class)
                .one();
    }

    private static Optional<Collection> find(Handle handle, String name) {
        return handle.createQuery("SELECT * FROM retrieval.collections WHERE name = :name")
                .bind("name", name)
                .map((row, context) -> Rows.collection(row))
                .findOne();
    }
}
