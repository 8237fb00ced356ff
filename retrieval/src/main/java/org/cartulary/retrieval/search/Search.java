package org.cartulary.retrieval.search;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.Reranker;
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
    private final Reranking reranking;
    private final Duration patience;

    /**
     * @param rerankers asked at each search, since models change while the appliance runs
     * @param patience how long a question waits for the lexical index to catch up
     */
    public Search(
            Jdbi jdbi,
            Embedder embedder,
            Generation generation,
            LexicalIndex lexical,
            Supplier<Optional<Reranker>> rerankers,
            RerankPolicy reranking,
            Duration patience) {
        this.jdbi = jdbi;
        this.embedder = embedder;
        this.generation = generation;
        this.lexical = lexical;
        this.vectors = new VectorIndex(generation);
        this.reranking = new Reranking(rerankers, reranking);
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
        Read read = inSnapshot(handle -> {
            List<DenseHit> byMeaning = vectors.search(handle, query, request.scope(), Fusion.DEPTH);
            Duration meaning = watch.lap();
            return new Read(hits(handle, request, smoothed(handle, Fusion.fuse(byWords, byMeaning))), meaning);
        });
        Duration reading = watch.lap();
        // Without a connection of the database in hand: a reranker may take seconds.
        Reranking.Outcome ranked = request.rerank()
                ? reranking.rank(request.query(), read.hits())
                : new Reranking.Outcome(read.hits(), new Reranked.No());
        Timings timings = new Timings(embedding, waiting, words, read.meaning(), reading, watch.lap(), watch.total());
        return new SearchResult(
                request.query(),
                request.scope(),
                wanted(request, ranked.hits()),
                terms,
                query,
                generation.name(),
                ranked.how(),
                timings);
    }

    /** Whether a reranker has its say. */
    public boolean reranks() {
        return reranking.reads() > 0;
    }

    private record Read(List<Hit> hits, Duration meaning) {}

    private static List<Hit> wanted(SearchRequest request, List<Hit> hits) {
        return request.varied()
                ? Variety.of(hits, request.limit())
                : hits.subList(0, Math.min(request.limit(), hits.size()));
    }

    /** Finds passages by words alone. Waits as {@link #search} does; no model is asked. */
    public List<Hit> searchByWords(SearchRequest request) {
        awaitCurrent();
        List<LexicalHit> found = lexical.search(request.query(), request.scope(), Fusion.DEPTH);
        return wanted(request, inSnapshot(handle -> hits(handle, request, Fusion.fuse(found, List.of()))));
    }

    /** Finds passages by meaning alone. */
    public List<Hit> searchByMeaning(SearchRequest request) {
        float[] query = embed(request.query());
        return wanted(request, inSnapshot(handle -> {
            List<DenseHit> found = vectors.search(handle, query, request.scope(), Fusion.DEPTH);
            return hits(handle, request, Fusion.fuse(List.of(), found));
        }));
    }

    private List<Fused> smoothed(Handle handle, List<Fused> fused) {
        List<Long> best =
                fused.stream().limit(Smoothing.CANDIDATES).map(Fused::passage).toList();
        return Smoothing.rank(fused, vectors.vectors(handle, best));
    }

    /**
     * The passages right before and behind hits of a search under the same heading, by document and place; without scores.
     * Hits themselves are not among them.
     */
    public List<Hit> around(List<Hit> hits, SearchScope scope) {
        List<Long> passages = hits.stream().map(Hit::passage).toList();
        return passages.isEmpty() ? List.of() : inSnapshot(handle -> HitReader.around(handle, passages, scope));
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

    /**
     * Reads the best passages, more of them while near-duplicates leave room: some more than are wanted, for what orders
     * them after.
     */
    private List<Hit> hits(Handle handle, SearchRequest request, List<Fused> ranked) {
        int enough = Math.max(request.limit() + (request.varied() ? Variety.AHEAD : 0), reranking.reads());
        NearDuplicates duplicates = new NearDuplicates();
        List<Hit> hits = new ArrayList<>(enough);
        int step = enough + 10;
        for (int from = 0; from < ranked.size() && hits.size() < enough; from += step) {
            List<Fused> some = ranked.subList(from, Math.min(from + step, ranked.size()));
            Map<Long, Hit> read = HitReader.read(handle, some, request.scope());
            for (Fused fused : some) {
                Hit hit = read.get(fused.passage());
                boolean wanted = hit != null && !(request.varied() && duplicates.repeats(hit.text()));
                if (wanted && hits.size() < enough) {
                    hits.add(hit);
                }
            }
        }
        return hits;
    }
}
