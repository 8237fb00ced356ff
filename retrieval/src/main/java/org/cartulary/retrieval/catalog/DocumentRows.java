package org.cartulary.retrieval.catalog;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.retrieval.generation.Generations;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;

/** Writes and removes the rows of a document within the caller's transaction. */
final class DocumentRows {
    private static final int BATCH = 500;

    private final Clock clock;

    DocumentRows(Clock clock) {
        this.clock = clock;
    }

    /** Lets one writer at a time at a path, so that two new versions replace one another in turn. */
    static void lockPath(Handle handle, UUID collection, String path) {
        handle.createQuery("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(:path, :collection))")
                .bind("path", path)
                .bind("collection", collection.getLeastSignificantBits())
                .mapTo(Integer.class)
                .one();
    }

    /**
     * Taken before any row of the collection is locked, until the commit: whoever changes what supersedes what, alone;
     * whoever brings a new version, beside others. They would otherwise not see each other's rows, and an old
     * version would be in force for ever. The key is that of the empty path, which no document has.
     */
    static void lockSupersession(Handle handle, UUID collection, boolean changes) {
        handle.createQuery("SELECT 1 FROM " + (changes ? "pg_advisory_xact_lock" : "pg_advisory_xact_lock_shared")
                        + "(hashtextextended('', :collection))")
                .bind("collection", collection.getLeastSignificantBits())
                .mapTo(Integer.class)
                .one();
    }

    /** A document, locked until the commit. */
    static Optional<Document> locked(Handle handle, UUID document) {
        return handle.createQuery("SELECT * FROM retrieval.documents WHERE id = :id FOR UPDATE")
                .bind("id", document)
                .map((row, context) -> Rows.document(row))
                .findOne();
    }

    /** What the documents at a path are marked with themselves, which a new version of them keeps. */
    static OwnMarks ownMarks(Handle handle, UUID collection, String path) {
        return handle
                .createQuery("SELECT * FROM retrieval.documents WHERE collection = :collection AND path = :path")
                .bind("collection", collection)
                .bind("path", path)
                .map((row, context) -> OwnMarks.of(row))
                .list()
                .stream()
                .reduce(OwnMarks.NONE, OwnMarks::and);
    }

    static Optional<Document> at(Handle handle, UUID collection, String path, DocumentState state) {
        return handle.createQuery("""
                        SELECT * FROM retrieval.documents
                        WHERE collection = :collection AND path = :path AND state = lower(:state)
                        """)
                .bind("collection", collection)
                .bind("path", path)
                .bind("state", state.name())
                .map((row, context) -> Rows.document(row))
                .findOne();
    }

    static Optional<Document> sameBytes(Handle handle, UUID collection, byte[] sha256) {
        return handle.createQuery("""
                        SELECT * FROM retrieval.documents
                        WHERE collection = :collection AND sha256 = :sha256 AND state = 'ready'
                        """)
                .bind("collection", collection)
                .bind("sha256", sha256)
                .map((row, context) -> Rows.document(row))
                .findOne();
    }

    /** Text, passages and vectors go with the row. */
    static void delete(Handle handle, UUID document) {
        handle.execute("DELETE FROM retrieval.documents WHERE id = ?", document);
    }

    void insertReady(
            Handle handle, DocumentDraft draft, OwnMarks own, Details details, long marking, long originalKey) {
        Update insert = handle.createUpdate("""
                        INSERT INTO retrieval.documents
                            (id, collection, path, title, media_type, sha256, bytes, pages, language, state, passages,
                             original_key, added_at, marking, labels, level, %s)
                        VALUES (:id, :collection, :path, :title, :mediaType, :sha256, :bytes, :pages, :language,
                                'ready', :passages, :originalKey, :now, :marking, :labels, :level, %s)
                        """.formatted(DetailRows.COLUMNS, DetailRows.VALUES))
                .bind("id", draft.id())
                .bind("collection", draft.collection())
                .bind("path", draft.path())
                .bind("title", draft.title())
                .bind("mediaType", draft.mediaType())
                .bind("sha256", draft.sha256())
                .bind("bytes", draft.bytes())
                .bind("pages", draft.pages())
                .bind("language", draft.language())
                .bind("passages", draft.passages().size())
                .bind("originalKey", originalKey)
                .bind("marking", marking)
                .bindArray("labels", UUID.class, own.labels())
                .bind("level", own.level())
                .bind("now", OffsetDateTime.now(clock));
        DetailRows.bind(insert, details).execute();
    }

    void insertFailed(Handle handle, FailedDraft draft, OwnMarks own, Details details, long marking, long originalKey) {
        Update insert = handle.createUpdate("""
                        INSERT INTO retrieval.documents
                            (id, collection, path, title, media_type, sha256, bytes, language, state, reason, passages,
                             original_key, added_at, marking, labels, level, %s)
                        VALUES (:id, :collection, :path, :path, :mediaType, :sha256, :bytes, 'und', 'failed', :reason,
                                0, :originalKey, :now, :marking, :labels, :level, %s)
                        """.formatted(DetailRows.COLUMNS, DetailRows.VALUES))
                .bind("id", draft.id())
                .bind("collection", draft.collection())
                .bind("path", draft.path())
                .bind("mediaType", draft.mediaType())
                .bind("sha256", draft.sha256())
                .bind("bytes", draft.bytes())
                .bind("reason", draft.reason())
                .bind("originalKey", originalKey)
                .bind("marking", marking)
                .bindArray("labels", UUID.class, own.labels())
                .bind("level", own.level())
                .bind("now", OffsetDateTime.now(clock));
        DetailRows.bind(insert, details).execute();
    }

    static boolean isCut(Handle handle, UUID document, int cut) {
        return handle.createQuery(
                        "SELECT EXISTS (SELECT 1 FROM retrieval.document_texts WHERE document = :document AND cut = :cut)")
                .bind("document", document)
                .bind("cut", cut)
                .mapTo(Boolean.class)
                .one();
    }

    /** Gives a cut the text and passages of the one that is searched. */
    static void copyCut(Handle handle, UUID document, int cut) {
        int active = Generations.active(handle).orElseThrow().cut();
        handle.execute(
                "INSERT INTO retrieval.document_texts (document, cut, text)"
                        + " SELECT document, ?, text FROM retrieval.document_texts WHERE document = ? AND cut = ?",
                cut,
                document,
                active);
        handle.execute(
                "INSERT INTO retrieval.passages"
                        + " (document, collection, cut, ordinal, text, start_offset, end_offset, page, anchor, language)"
                        + " SELECT document, collection, ?, ordinal, text, start_offset, end_offset, page, anchor, language"
                        + " FROM retrieval.passages WHERE document = ? AND cut = ? ORDER BY ordinal",
                cut,
                document,
                active);
    }

    /**
     * Adds a document's text and passages, as a cut has them.
     *
     * @param languages one for each passage
     * @return ids of the passages, in their order
     */
    static List<Long> insertPassages(
            Handle handle,
            UUID document,
            UUID collection,
            int cut,
            String text,
            List<PassageDraft> passages,
            List<String> languages) {
        handle.execute(
                "INSERT INTO retrieval.document_texts (document, cut, text) VALUES (?, ?, ?)", document, cut, text);
        List<Long> ids = new ArrayList<>(passages.size());
        for (int from = 0; from < passages.size(); from += BATCH) {
            int to = Math.min(from + BATCH, passages.size());
            ids.addAll(
                    insert(handle, document, collection, cut, passages.subList(from, to), languages.subList(from, to)));
        }
        return ids;
    }

    private static List<Long> insert(
            Handle handle,
            UUID document,
            UUID collection,
            int cut,
            List<PassageDraft> passages,
            List<String> languages) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO retrieval.passages
                    (document, collection, cut, ordinal, text, start_offset, end_offset, page, anchor, language)
                VALUES (:document, :collection, :cut, :ordinal, :text, :start, :end, :page, :anchor, :language)
                """);
        for (int i = 0; i < passages.size(); i++) {
            PassageDraft passage = passages.get(i);
            batch.bind("document", document)
                    .bind("collection", collection)
                    .bind("cut", cut)
                    .bind("ordinal", passage.ordinal())
                    .bind("text", passage.text())
                    .bind("start", passage.start())
                    .bind("end", passage.end())
                    .bind("page", passage.page())
                    .bind("anchor", passage.anchor())
                    .bind("language", languages.get(i))
                    .add();
        }
        return batch.executePreparedBatch("id").mapTo(Long.class).list();
    }
}
