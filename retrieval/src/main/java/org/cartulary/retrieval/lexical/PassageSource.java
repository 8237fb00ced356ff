package org.cartulary.retrieval.lexical;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.cartulary.retrieval.scope.ScopeColumns;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads the passages of one cut out of PostgreSQL, a few at a time, and gives them to Lucene. */
final class PassageSource {
    private static final int FETCH_ROWS = 500;
    private static final String PASSAGES = """
            SELECT p.id AS passage, d.*, p.ordinal, p.language AS spoken, p.anchor, p.text
            FROM retrieval.passages p JOIN retrieval.documents d ON d.id = p.document
            WHERE p.cut = :cut AND d.state = 'ready' AND d.marking IS NOT NULL""";

    private final int cut;

    PassageSource(int cut) {
        this.cut = cut;
    }

    /** Adds a document's passages; none when the document is gone again. */
    void addDocument(Handle handle, UUID document, IndexWriter writer) throws IOException {
        try (Query query = handle.createQuery(PASSAGES + " AND p.document = :document")) {
            add(query.bind("cut", cut).bind("document", document), writer);
        }
    }

    /** Adds every passage that the transaction sees. */
    void addAll(Handle handle, IndexWriter writer) throws IOException {
        try (Query query = handle.createQuery(PASSAGES)) {
            add(query.bind("cut", cut), writer);
        }
    }

    private static void add(Query query, IndexWriter writer) throws IOException {
        try (Stream<Document> passages = query.setFetchSize(FETCH_ROWS).map((row, context) -> fields(row)).stream()) {
            for (Document passage : (Iterable<Document>) passages::iterator) {
                writer.addDocument(passage);
            }
        }
    }

    private static Document fields(ResultSet row) throws SQLException {
        return Fields.of(new Fields.Indexed(
                row.getLong("passage"),
                row.getObject("id", UUID.class),
                row.getLong("marking"),
                ScopeColumns.validity(row),
                ScopeColumns.dated(row),
                row.getString("site"),
                ScopeColumns.fields(row),
                row.getString("path"),
                row.getInt("ordinal"),
                row.getString("spoken"),
                row.getString("title"),
                row.getString("anchor"),
                row.getString("text")));
    }
}
