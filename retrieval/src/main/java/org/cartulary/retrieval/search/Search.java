package org.cartulary.retrieval.search;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.cartulary.inference.Embedder;
import org.cartulary.retrieval.dense.DenseHit;
import org.cartulary.retrieval.dense.QueryEmbedding;
import org.cartulary.retrieval.dense.VectorIndex;
import org.cartulary.retrieval.generation.Generation;
import org.cartulary.retrieval.lexical.ChangeLog;
import org.cartulary.retrieval.lexical.LexicalHit;
import org.cartulary.retrieval.lexical.LexicalIndex;
import org.cartulary.retrieval.scope.SearchScope;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * Hybrid search: BM25 and vectors, each under the reader's filter in its own query, fused. A search sees every change
 * that was committed before it began, in both legs, and reads its hits from one snapshot. Thread-safe.
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
        float[] query = embed(request.query());
        Duration embedding = watch.lap();
        awaitCurrent();
        Duration waiting = watch.lap();
        List<LexicalHit> byWords = lexical.search(request.query(), request.scope(), Fusion.DEPTH);
        List<QuestionTerm> terms =
                QuestionTerms.of(request.query(), lexical, request.scope().markings());
        Duration words = watch.lap();
        return inSnapshot(handle -> {
            List<DenseHit> byMeaning = vectors.search(handle, query, request.scope(), Fusion.DEPTH);
            Duration meaning = watch.lap();
            List<Hit> hits = hits(handle, request, smoothed(handle, Fusion.fuse(byWords, byMeaning)));
            Timings timings = new Timings(embedding, waiting, words, meaning, watch.lap(), watch.total());
            return new SearchResult(request.query(), request.scope(), hits, terms, query, generation.name(), timings);
        });
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

    /**
     * Documents of a scope that say nearly what one of the given documents says, in some passage: paraphrases, copies,
     * versions.
     *
     * @param least inner product of two passages from which on they are alike, 0 to 1
     */
    public Set<UUID> alike(Set<UUID> documents, SearchScope scope, double least) {
        return documents.isEmpty() || scope.markings().isEmpty()
                ? Set.of()
                : inSnapshot(handle -> vectors.alike(handle, documents, scope, least));
    }

    private List<Fused> smoothed(Handle handle, List<Fused> fused) {
        List<Long> best =
                fused.stream().limit(Smoothing.CANDIDATES).map(Fused::passage).toList();
        return Smoothing.rank(fused, vectors.vectors(handle, best));
    }

    private <T> T inSnapshot(HandleCallback<T, RuntimeException> reading) {
        return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> {
            handle.execute("SET TRANSACTION READ ONLY");
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
                Hit hit = read.get(fused.passage());
                boolean wanted = hit != null && !(request.dropNearDuplicates() && duplicates.repeats(hit.text()));
                if (wanted && hits.size() < request.limit()) {
                    hits.add(hit);
                }
            }
        }
        return hits;
    }
}
