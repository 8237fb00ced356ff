package org.cartulary.retrieval.search;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cartulary.inference.Embedder;
import org.cartulary.retrieval.dense.DenseHit;
import org.cartulary.retrieval.dense.QueryEmbedding;
import org.cartulary.retrieval.dense.VectorIndex;
import org.cartulary.retrieval.generation.Generation;
import org.cartulary.retrieval.lexical.ChangeLog;
import org.cartulary.retrieval.lexical.LexicalHit;
import org.cartulary.retrieval.lexical.LexicalIndex;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/**
 * Hybrid search: BM25 and vectors, each under the reader's filter in its own query, at the same time, fused. A search sees
 * every change that was committed before it began, in both legs, since neither begins before Lucene knows it. It reads its
 * hits from one snapshot; what the words found and that snapshot does not hold is left out. Thread-safe.
 */
public final class Search {
    private final Jdbi jdbi;
    private final Embedder embedder;
    private final Generation generation;
    private final LexicalIndex lexical;
    private final VectorIndex vectors;
    private final Duration patience;

    /**
     * @param patience how long a question waits for the lexical index to catch up
     */
    public Search(Jdbi jdbi, Embedder embedder, Generation generation, LexicalIndex lexical, Duration patience) {
        this.jdbi = jdbi;
        this.embedder = embedder;
        this.generation = generation;
        this.lexical = lexical;
        this.vectors = new VectorIndex(generation);
        this.patience = patience;
    }

    /**
     * Finds passages by words and by meaning.
     *
     * @throws org.cartulary.retrieval.lexical.IndexBehind when the lexical index does not catch up in time
     * @throws org.cartulary.inference.InferenceRefused when too many requests wait for the embedder
     * @throws org.cartulary.inference.InferenceFailed when the embedder is not up
     */
    public SearchResult search(SearchRequest request) {
        Stopwatch watch = new Stopwatch();
        awaitCurrent();
        Duration waiting = watch.lap();
        Alongside<Words> words = Alongside.start(() -> words(request));
        float[] query = embed(request.query());
        Duration embedding = watch.lap();
        return inSnapshot(handle -> {
            List<DenseHit> byMeaning = vectors.search(handle, query, request.scope(), Fusion.DEPTH);
            Duration meaning = watch.lap();
            Words byWords = words.result();
            watch.lap();
            List<Hit> hits = hits(handle, request, smoothed(handle, Fusion.fuse(byWords.hits(), byMeaning)));
            Timings timings = new Timings(embedding, waiting, byWords.took(), meaning, watch.lap(), watch.total());
            return new SearchResult(
                    request.query(), request.scope(), hits, byWords.terms(), query, generation.name(), timings);
        });
    }

    private record Words(List<LexicalHit> hits, List<QuestionTerm> terms, Duration took) {}

    /** Needs no connection, so that it can't wait for one that its own search holds. */
    private Words words(SearchRequest request) {
        Stopwatch watch = new Stopwatch();
        List<LexicalHit> hits = lexical.search(request.query(), request.scope(), Fusion.DEPTH);
        List<QuestionTerm> terms =
                QuestionTerms.of(request.query(), lexical, request.scope().markings());
        return new Words(hits, terms, watch.total());
    }

    /** Finds passages by words alone. Waits as {@link #search} does; no model is asked. */
    public List<Hit> searchByWords(SearchRequest request) {
        awaitCurrent();
        List<LexicalHit> found = lexical.search(request.query(), request.scope(), Fusion.DEPTH);
        return inSnapshot(handle -> hits(handle, request, Fusion.fuse(found, List.of())));
    }

    /** Finds passages by meaning alone. */
    public List<Hit> searchByMeaning(SearchRequest request) {
        float[] query = embed(request.query());
        return inSnapshot(handle -> {
            List<DenseHit> found = vectors.search(handle, query, request.scope(), Fusion.DEPTH);
            return hits(handle, request, Fusion.fuse(List.of(), found));
        });
    }

    private List<Fused> smoothed(Handle handle, List<Fused> fused) {
        List<Long> best =
                fused.stream().limit(Smoothing.CANDIDATES).map(Fused::passage).toList();
        return Smoothing.rank(fused, vectors.vectors(handle, best));
    }

    private <T> T inSnapshot(HandleCallback<T, RuntimeException> reading) {
        return jdbi.inTransaction(handle -> {
            // One round trip for what JDBC takes four to say. Workers of a parallel query take longer to start than
            // most
            // searches run, and with several readers there is nobody idle to be one.
            handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;"
                    + " SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off");
            return reading.withHandle(handle);
        });
    }

    private float[] embed(String query) {
        return new QueryEmbedding(embedder).of(query);
    }

    private void awaitCurrent() {
        lexical.await(jdbi.withHandle(ChangeLog::last), patience);
    }

    /** Reads the best passages, more of them while near-duplicates leave room. */
    private List<Hit> hits(Handle handle, SearchRequest request, List<Fused> ranked) {
        NearDuplicates duplicates = new NearDuplicates();
        List<Hit> hits = new ArrayList<>(request.limit());
        int step = request.limit() + 10;
        for (int from = 0; from < ranked.size() && hits.size() < request.limit(); from += step) {
            List<Fused> some = ranked.subList(from, Math.min(from + step, ranked.size()));
            Map<Long, Hit> read = HitReader.read(handle, some, request.scope());
            for (Fused fused : some) {
                Hit hit = hits.size() < request.limit() ? read.get(fused.passage()) : null;
                if (hit != null && !(request.dropNearDuplicates() && duplicates.repeats(hit.text()))) {
                    hits.add(hit);
                }
            }
        }
        return hits;
    }
}
