package org.cartulary.retrieval.dense;

import java.util.List;
import java.util.SortedSet;
import java.util.UUID;
import org.cartulary.retrieval.generation.Generation;
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
    public void add(Handle handle, long marking, List<Long> passages, List<float[]> vectors) {
        PreparedBatch batch = handle.prepareBatch("INSERT INTO " + generation.vectorTable()
                + " (passage, marking, embedding) VALUES (:passage, :marking, CAST(:vector AS halfvec))");
        for (int i = 0; i < vectors.size(); i++) {
            batch.bind("passage", passages.get(i))
                    .bind("marking", marking)
                    .bind("vector", Vectors.text(vectors.get(i)))
                    .add();
        }
        batch.execute();
    }

    /** Gives the vectors of a document another marking. */
    public void remark(Handle handle, UUID document, long marking) {
        handle.createUpdate("UPDATE " + generation.vectorTable() + " SET marking = :marking"
                        + " WHERE passage IN (SELECT id FROM retrieval.passages WHERE document = :document)")
                .bind("marking", marking)
                .bind("document", document)
                .execute();
    }

    /**
     * The passages nearest to a query among those that may be read.
     *
     * @param query of length 1
     * @param markings that may be read; nothing else is looked at
     * @param limit 1 to 1,000
     * @return best first, by inner product
     */
    public List<DenseHit> search(Handle handle, float[] query, SortedSet<Long> markings, int limit) {
        if (markings.isEmpty()) {
            return List.of();
        }
        boolean exact = passages(handle, markings) < exactBelow;
        if (!exact) {
            handle.execute("SET LOCAL hnsw.iterative_scan = relaxed_order");
            // The default of 20,000 ends a scan early where the reader may see only a small part of a large graph.
            handle.execute("SET LOCAL hnsw.max_scan_tuples = 200000");
            handle.execute("SET LOCAL hnsw.ef_search = " + Math.clamp(limit * 2L, 100, 1000));
        }
        return handle.createQuery(exact ? exactQuery() : graphQuery())
                .bind("query", Vectors.text(query))
                .bindArray("markings", Long.class, markings)
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

    /** Out of the documents, of which there are far fewer. */
    private static long passages(Handle handle, SortedSet<Long> markings) {
        return handle.createQuery("""
                        SELECT coalesce(sum(passages), 0) FROM retrieval.documents
                        WHERE marking = ANY(:markings) AND state = 'ready'
                        """)
                .bindArray("markings", Long.class, markings)
                .mapTo(Long.class)
                .one();
    }

    private String exactQuery() {
        return "WITH permitted AS MATERIALIZED (SELECT passage, embedding <#> CAST(:query AS halfvec) AS distance FROM "
                + generation.vectorTable()
                + " WHERE marking = ANY(:markings))"
                + " SELECT passage, distance FROM permitted ORDER BY distance, passage LIMIT :limit";
    }

    /** A relaxed scan returns nearly in order; the outer query puts its hits in order. */
    private String graphQuery() {
        return "WITH nearest AS MATERIALIZED (SELECT passage, embedding <#> CAST(:query AS halfvec) AS distance FROM "
                + generation.vectorTable()
                + " WHERE marking = ANY(:markings) ORDER BY embedding <#> CAST(:query AS halfvec) LIMIT :limit)"
                + " SELECT passage, distance FROM nearest ORDER BY distance, passage";
    }
}
