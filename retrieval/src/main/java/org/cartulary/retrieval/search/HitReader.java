package org.cartulary.retrieval.search;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.retrieval.scope.Holding;
import org.cartulary.retrieval.scope.ScopeColumns;
import org.cartulary.retrieval.scope.SearchScope;
import org.jdbi.v3.core.Handle;

/** Reads passages out of the caller's snapshot, again under the reader's filter. */
final class HitReader {
    private HitReader() {}

    /** By passage id; those that are gone from the snapshot, or may not be read, are absent. */
    static Map<Long, Hit> read(Handle handle, List<Fused> wanted, SearchScope scope) {
        Map<Long, Scores> scores = new HashMap<>();
        wanted.forEach(fused -> scores.put(fused.passage(), fused.scores()));
        Map<Long, Hit> hits = new HashMap<>();
        handle.createQuery("""
                        SELECT d.*, p.id AS passage, p.page, p.anchor, p.text, p.language AS spoken, p.start_offset, p.end_offset
                        FROM retrieval.passages p JOIN retrieval.documents d ON d.id = p.document
                        WHERE p.id = ANY(:passages) AND d.marking = ANY(:readable) AND d.state = 'ready'
                        """)
                .bindArray("passages", Long.class, scores.keySet())
                .bindArray("readable", Long.class, scope.markings())
                .map((row, context) -> hit(row, scope, scores))
                .forEach(hit -> hits.put(hit.passage(), hit));
        return hits;
    }

    /** How many passages before and behind one belong to what stands around it; with that many a section is long. */
    private static final int REACH = 8;

    /**
     * The passages before and behind given ones under the same heading, with no other heading between; none of the
     * given ones themselves.
     */
    static List<Hit> around(Handle handle, List<Long> passages, SearchScope scope) {
        return handle.createQuery("""
                        SELECT DISTINCT ON (p.id)
                            d.*, p.id AS passage, p.page, p.anchor, p.text, p.language AS spoken, p.start_offset,
                            p.end_offset
                        FROM retrieval.passages h
                        JOIN retrieval.passages p ON p.document = h.document
                            AND p.ordinal BETWEEN h.ordinal - :reach AND h.ordinal + :reach
                            AND p.cut = h.cut AND p.anchor IS NOT DISTINCT FROM h.anchor
                            AND NOT EXISTS (
                                SELECT 1 FROM retrieval.passages b
                                WHERE b.document = h.document AND b.cut = h.cut AND b.anchor IS DISTINCT FROM h.anchor
                                    AND b.ordinal BETWEEN LEAST(h.ordinal, p.ordinal) AND GREATEST(h.ordinal, p.ordinal))
                        JOIN retrieval.documents d ON d.id = p.document
                        WHERE h.id = ANY(:passages) AND p.id <> ALL(:passages)
                            AND d.marking = ANY(:readable) AND d.state = 'ready'
                        ORDER BY p.id
                        """)
                .bindArray("passages", Long.class, passages)
                .bindArray("readable", Long.class, scope.markings())
                .bind("reach", REACH)
                .map((row, context) -> hit(row, scope, Map.of()))
                .list();
    }

    private static Hit hit(ResultSet row, SearchScope scope, Map<Long, Scores> scores) throws SQLException {
        return new Hit(
                row.getLong("passage"),
                row.getObject("id", UUID.class),
                row.getString("path"),
                row.getString("title"),
                row.getObject("page", Integer.class),
                row.getString("anchor"),
                row.getString("text"),
                row.getString("spoken"),
                row.getInt("start_offset"),
                row.getInt("end_offset"),
                new Holding(scope.on(), ScopeColumns.validity(row), row.getString("site")),
                ScopeColumns.dated(row),
                scores.getOrDefault(row.getLong("passage"), NONE));
    }

    private static final Scores NONE = new Scores(null, null, 0);
}
