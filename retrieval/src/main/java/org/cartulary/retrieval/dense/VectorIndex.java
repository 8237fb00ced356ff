package org.cartulary.retrieval.dense;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.cartulary.retrieval.generation.Generation;
import org.cartulary.retrieval.generation.Generations;
import org.cartulary.retrieval.scope.Reach;
import org.cartulary.retrieval.scope.SearchScope;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of one generation. Thread-safe; every call runs in the caller's transaction, and so in its snapshot.
 */
public final class VectorIndex {
    /**
     * What the graph spends on each passage that it passes, as a multiple of what comparing one passage after another spends on
     * each: 28 to 40 µs of CPU in a graph of 100,000 to 0.9 to 1.15. To find k passages of n that are permitted among N, it passes about k N / n of them, and so comparing all n is
     * quicker where n² is less than k N times this.
     */
    private static final int GRAPH_STEP = 25;

    private final Generation generation;

    private final @Nullable Integer exactBelow;

    public VectorIndex(Generation generation) {
        this(generation, null);
    }

    /**
     * For tests.
     *
     * @param exactBelow below so many permitted passages all are compared; null where measured numbers decide
     */
    VectorIndex(Generation generation, @Nullable Integer exactBelow) {
        this.generation = generation;
        this.exactBelow = exactBelow;
    }

    /**
     * Adds vectors.
     *
     * @param marking of their document
     * @param passages their ids
     * @param vectors one for each passage, of length 1
     */
    public void add(Handle handle, UUID document, long marking, List<Long> passages, List<float[]> vectors) {
        PreparedBatch batch = handle.prepareBatch("INSERT INTO " + generation.vectorTable()
                + " (passage, document, marking, embedding)"
                + " VALUES (:passage, :document, :marking, CAST(:vector AS halfvec))");
        for (int i = 0; i < vectors.size(); i++) {
            batch.bind("passage", passages.get(i))
                    .bind("document", document)
                    .bind("marking", marking)
                    .bind("vector", Vectors.text(vectors.get(i)))
                    .add();
        }
        batch.execute();
    }

    /** Gives the vectors of a document another marking, in every generation. */
    public static void remark(Handle handle, UUID document, long marking) {
        for (String table : Generations.vectorTables(handle)) {
            handle.createUpdate("UPDATE " + table + " SET marking = :marking"
                            + " WHERE passage IN (SELECT id FROM retrieval.passages WHERE document = :document)")
                    .bind("marking", marking)
                    .bind("document", document)
                    .execute();
        }
    }

    /**
     * The passages nearest to a query among those of a scope.
     *
     * @param query of length 1
     * @param scope nothing else is looked at
     * @param limit 1 to 1,000
     * @return best first, by inner product
     */
    public List<DenseHit> search(Handle handle, float[] query, SearchScope scope, int limit) {
        return search(handle, query, scope, limit, comparesAll(handle, scope, limit) ? Way.EXACT : Way.GRAPH);
    }

    /** How the vectors of a scope are searched. */
    public enum Way {
        /** All that is permitted is compared. */
        EXACT,
        /** The graph is walked until enough is found that is permitted. */
        GRAPH,
        /**
         * The same, where everything is permitted: nothing that is passed has to be remembered, which costs a quarter. Should
         * too little be found all the same, the graph is walked again; so this finds what {@link #GRAPH} finds.
         */
        WHOLE_GRAPH;

        /** The quickest way to what the scope permits, given whether all of it is compared. */
        public static Way of(boolean exact, Reach reach) {
            return exact ? EXACT : reach.everything() ? WHOLE_GRAPH : GRAPH;
        }
    }

    /** As {@link #search(Handle, float[], SearchScope, int)}, in a given way. */
    public List<DenseHit> search(Handle handle, float[] query, SearchScope scope, int limit, Way way) {
        if (scope.markings().isEmpty()) {
            return List.of();
        }
        ScopeCondition condition = new ScopeCondition(scope);
        if (way == Way.EXACT) {
            return hits(handle, exactQuery(condition), condition, query, limit);
        }
        String graph = graphQuery(condition);
        if (way == Way.WHOLE_GRAPH) {
            handle.execute("SET LOCAL hnsw.iterative_scan = off; " + effort(limit));
            List<DenseHit> hits = hits(handle, graph, condition, query, limit);
            if (hits.size() == limit) {
                return hits;
            }
        }
        // The default of 20,000 tuples ends a scan early where the reader may see only a small part of a large graph,
        // and so does the default memory.
        handle.execute("SET LOCAL hnsw.iterative_scan = relaxed_order; SET LOCAL hnsw.max_scan_tuples = 200000;"
                + " SET LOCAL hnsw.scan_mem_multiplier = 16; " + effort(limit));
        return hits(handle, graph, condition, query, limit);
    }

    private static String effort(int limit) {
        return "SET LOCAL hnsw.ef_search = " + Math.clamp(limit * 2L, 100, 1000);
    }

    private static List<DenseHit> hits(Handle handle, String sql, ScopeCondition condition, float[] query, int limit) {
        return condition
                .bind(handle.createQuery(sql))
                .bind("query", Vectors.argument(query))
                .bind("limit", limit)
                .map(VectorIndex::hit)
                .list();
    }

    /** The vectors of given passages; passages without one are absent. */
    public Map<Long, float[]> vectors(Handle handle, java.util.Collection<Long> passages) {
        Map<Long, float[]> vectors = new HashMap<>();
        handle.createQuery("SELECT passage, halfvec_send(embedding) AS embedding FROM " + generation.vectorTable()
                        + " WHERE passage = ANY(:passages)")
                .bindArray("passages", Long.class, passages)
                .map((row, context) -> vectors.put(row.getLong("passage"), Vectors.ofHalves(row.getBytes("embedding"))))
                .list();
        return vectors;
    }

    /** The vectors of passages of given documents under one of the markings, at most so many. */
    public List<float[]> ofDocuments(
            Handle handle, Set<UUID> documents, java.util.Collection<Long> markings, int limit) {
        return handle.createQuery(
                        "SELECT halfvec_send(embedding) AS embedding FROM " + generation.vectorTable()
                                + " WHERE document = ANY(:documents) AND marking = ANY(:markings) ORDER BY passage LIMIT :limit")
                .bindArray("documents", UUID.class, documents)
                .bindArray("markings", Long.class, markings)
                .bind("limit", limit)
                .map((row, context) -> Vectors.ofHalves(row.getBytes("embedding")))
                .list();
    }

    /** The documents of given passages. */
    public Set<UUID> documentsOf(Handle handle, java.util.Collection<Long> passages) {
        return handle.createQuery(
                        "SELECT DISTINCT document FROM " + generation.vectorTable() + " WHERE passage = ANY(:passages)")
                .bindArray("passages", Long.class, passages)
                .mapTo(UUID.class)
                .set();
    }

    private static DenseHit hit(ResultSet row, StatementContext context) throws SQLException {
        return new DenseHit(row.getLong(1), -row.getDouble(2));
    }

    /**
     * Whether a scope holds so few passages that comparing all of them is quicker than the graph. Counted out of the documents, of
     * which there are far fewer, and no further than needed. How many there are in all is what the database last estimated,
     * which may be nothing yet, but never fewer than were counted.
     *
     * @param limit as of the search
     */
    public boolean comparesAll(Handle handle, SearchScope scope, int limit) {
        ScopeCondition condition = new ScopeCondition(scope);
        return !condition
                .bind(handle.createQuery("SELECT EXISTS (SELECT 1 FROM (SELECT sum(d.passages)"
                        + " OVER (ROWS UNBOUNDED PRECEDING) AS so_far FROM retrieval.documents d"
                        + " WHERE d.state = 'ready' AND d.marking = ANY(:markings)" + condition.sql()
                        + ") counted WHERE so_far >= " + fromWhereOnTheGraph("so_far") + ")"))
                .bind("exactBelow", exactBelow)
                .bind("step", (double) GRAPH_STEP * limit)
                .bind("table", generation.vectorTable())
                .mapTo(Boolean.class)
                .one();
    }

    /**
     * As {@link #comparesAll(Handle, SearchScope, int)}, where it is known how much bears the reader's markings: then only what
     * is not in force has to be counted, which is little in most installations.
     */
    public boolean comparesAll(Handle handle, SearchScope scope, int limit, Reach reach) {
        ScopeCondition condition = new ScopeCondition(scope);
        if (!condition.isAboutStandingAlone()) {
            return comparesAll(handle, scope, limit);
        }
        return condition
                .bind(handle.createQuery("SELECT so_far < " + fromWhereOnTheGraph("so_far") + " FROM (SELECT"
                        + " :readable - coalesce(sum(d.passages), 0) AS so_far FROM retrieval.documents d"
                        + " WHERE d.state = 'ready' AND d.marking = ANY(:markings)"
                        + " AND d.id IN (" + ScopeCondition.NOT_IN_FORCE + ")) counted"))
                .bind("readable", reach.passages())
                .bind("exactBelow", exactBelow)
                .bind("step", (double) GRAPH_STEP * limit)
                .bind("table", generation.vectorTable())
                .mapTo(Boolean.class)
                .one();
    }

    private static String fromWhereOnTheGraph(String counted) {
        return "coalesce(CAST(:exactBelow AS double precision), sqrt(:step * greatest(" + counted
                + ", (SELECT reltuples FROM pg_class WHERE oid = CAST(:table AS regclass)))))";
    }

    /** A sum is no expression that the graph is ordered by, so that all that is permitted is compared. */
    private String exactQuery(ScopeCondition condition) {
        return "SELECT v.passage, (v.embedding <#> :query) + 0 AS distance" + from(condition)
                + " ORDER BY distance, passage LIMIT :limit";
    }

    /** A relaxed scan returns nearly in order; the outer query puts its hits in order. */
    private String graphQuery(ScopeCondition condition) {
        return "WITH nearest AS MATERIALIZED (SELECT v.passage, v.embedding <#> :query AS distance"
                + from(condition) + " ORDER BY v.embedding <#> :query LIMIT :limit)"
                + " SELECT passage, distance FROM nearest ORDER BY distance, passage";
    }

    /** The marking lies with the vector, so that what may not be read costs no look at its document. */
    private String from(ScopeCondition condition) {
        String vectors = " FROM " + generation.vectorTable() + " v";
        String readable = " WHERE v.marking = ANY(:markings)";
        return condition.isAboutStandingAlone()
                ? vectors + readable + " AND v.document NOT IN (" + ScopeCondition.NOT_IN_FORCE + ")"
                : vectors + " JOIN retrieval.documents d ON d.id = v.document" + readable + condition.sql();
    }
}
