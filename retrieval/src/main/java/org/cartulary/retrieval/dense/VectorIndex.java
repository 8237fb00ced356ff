package org.cartulary.retrieval.dense;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.cartulary.retrieval.generation.Generation;
import org.cartulary.retrieval.generation.Generations;
import org.cartulary.retrieval.scope.SearchScope;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The vectors of one generation. Thread-safe; every call runs in the caller's transaction, and so in its snapshot.
 */
public final class VectorIndex {
    /**
     * Below this many permitted passages all are compared, which is exact: 20,000 took 36 ms where the graph took 105 ms
     * for its first 1,000 of 50,000, and 50,000 took 100 ms (two busy cores).
     */
    private static final int EXACT_BELOW = 40_000;

    private final Generation generation;

    private final int exactBelow;

    public VectorIndex(Generation generation) {
        this(generation, EXACT_BELOW);
    }

    VectorIndex(Generation generation, int exactBelow) {
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
        if (scope.markings().isEmpty()) {
            return List.of();
        }
        ScopeCondition condition = new ScopeCondition(scope);
        boolean exact = passages(handle, condition) < exactBelow;
        if (!exact) {
            handle.execute("SET LOCAL hnsw.iterative_scan = relaxed_order");
            // The default of 20,000 ends a scan early where the reader may see only a small part of a large graph.
            handle.execute("SET LOCAL hnsw.max_scan_tuples = 200000");
            handle.execute("SET LOCAL hnsw.ef_search = " + Math.clamp(limit * 2L, 100, 1000));
        }
        return condition
                .bind(handle.createQuery(exact ? exactQuery(condition) : graphQuery(condition)))
                .bind("query", Vectors.text(query))
                .bind("limit", limit)
                .map((row, context) -> new DenseHit(row.getLong("passage"), -row.getDouble("distance")))
                .list();
    }

    /** Inner products of a query with given passages, in no order; passages without a vector are absent. */
    public List<DenseHit> score(Handle handle, float[] query, java.util.Collection<Long> passages) {
        return handle.createQuery("SELECT passage, embedding <#> CAST(:query AS halfvec) AS distance FROM "
                        + generation.vectorTable() + " WHERE passage = ANY(:passages)")
                .bind("query", Vectors.text(query))
                .bindArray("passages", Long.class, passages)
                .map((row, context) -> new DenseHit(row.getLong("passage"), -row.getDouble("distance")))
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

    /**
     * Documents of a scope that have a passage nearly like one of the given documents.
     *
     * @param least inner product from which on two passages are alike
     */
    public Set<UUID> alike(Handle handle, Set<UUID> documents, SearchScope scope, double least) {
        ScopeCondition condition = new ScopeCondition(scope);
        return condition
                .bind(handle.createQuery("SELECT DISTINCT d.id FROM " + generation.vectorTable() + " o JOIN "
                        + generation.vectorTable() + " v ON v.document <> o.document"
                        + " AND (v.embedding <#> o.embedding) <= :most"
                        + " JOIN retrieval.documents d ON d.id = v.document"
                        + " WHERE o.document = ANY(:documents) AND o.marking = ANY(:markings)"
                        + " AND v.marking = ANY(:markings)" + condition.sql()))
                .bindArray("documents", UUID.class, documents)
                .bind("most", -least)
                .mapTo(UUID.class)
                .set();
    }

    /** Out of the documents, of which there are far fewer. */
    private static long passages(Handle handle, ScopeCondition condition) {
        return condition
                .bind(handle.createQuery("SELECT coalesce(sum(d.passages), 0) FROM retrieval.documents d"
                        + " WHERE d.state = 'ready' AND d.marking = ANY(:markings)" + condition.sql()))
                .mapTo(Long.class)
                .one();
    }

    private String exactQuery(ScopeCondition condition) {
        return "WITH permitted AS MATERIALIZED (SELECT v.passage, v.embedding <#> CAST(:query AS halfvec) AS distance"
                + from(condition) + ") SELECT passage, distance FROM permitted ORDER BY distance, passage LIMIT :limit";
    }

    /** A relaxed scan returns nearly in order; the outer query puts its hits in order. */
    private String graphQuery(ScopeCondition condition) {
        return "WITH nearest AS MATERIALIZED (SELECT v.passage, v.embedding <#> CAST(:query AS halfvec) AS distance"
                + from(condition) + " ORDER BY v.embedding <#> CAST(:query AS halfvec) LIMIT :limit)"
                + " SELECT passage, distance FROM nearest ORDER BY distance, passage";
    }

    /** The marking lies with the vector, so that what may not be read costs no look at its document. */
    private String from(ScopeCondition condition) {
        return " FROM " + generation.vectorTable() + " v JOIN retrieval.documents d ON d.id = v.document"
                + " WHERE v.marking = ANY(:markings)" + condition.sql();
    }
}
