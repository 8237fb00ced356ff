package org.cartulary.retrieval.search;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.cartulary.inference.Reranker;
import org.cartulary.retrieval.dense.DenseHit;
import org.cartulary.retrieval.dense.QueryEmbedding;
import org.cartulary.retrieval.index.Index;
import org.cartulary.retrieval.index.Indexes;
import org.cartulary.retrieval.lexical.ChangeLog;
import org.cartulary.retrieval.lexical.LexicalHit;
import org.cartulary.retrieval.scope.SearchScope;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * Hybrid search: BM25 and vectors, each under the reader's filter in its own query, fused. A search sees every change
 * that was committed before it began, in both legs, and reads its hits from one snapshot. Thread-safe.
 */
public final class Search {
    private final Jdbi jdbi;
    private final Indexes indexes;
    private final Reranking reranking;
    private final Duration patience;

    /** Without a reranker. */
    public Search(Jdbi jdbi, Indexes indexes, Duration patience) {
        this(jdbi, indexes, Optional::empty, RerankPolicy.DEFAULT, patience);
    }

    /**
     * @param rerankers asked at each search, since models change while the appliance runs
     * @param patience how long a question waits for the lexical index to catch up
     */
    public Search(
            Jdbi jdbi,
            Indexes indexes,
            Supplier<Optional<Reranker>> rerankers,
            RerankPolicy reranking,
            Duration patience) {
        this.jdbi = jdbi;
        this.indexes = indexes;
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
        return indexes.searching(index -> {
            Stopwatch watch = new Stopwatch();
            float[] query = embed(index, request.query());
            return search(index, request, query, null, watch.lap(), watch);
        });
    }

    /**
     * Searches again with the vector that a question was searched with. The same text need not have the same vector
     * again: an int8 embedder's differs a little with whatever it reads in the same batch, and between processors.
     *
     * @param reranker what one said then; it is not asked again. Null where none had its say
     */
    public SearchResult searchAgain(SearchRequest request, float[] query, @Nullable RerankRecord reranker) {
        RerankRecord said = reranker == null ? new RerankRecord(0, 0, Map.of()) : reranker;
        return indexes.searching(index -> search(index, request, query, said, Duration.ZERO, new Stopwatch()));
    }

    private SearchResult search(
            Index index,
            SearchRequest request,
            float[] query,
            @Nullable RerankRecord said,
            Duration embedding,
            Stopwatch watch) {
        awaitCurrent(index);
        Duration waiting = watch.lap();
        List<LexicalHit> byWords = index.lexical().search(request.query(), request.scope(), Fusion.DEPTH);
        List<QuestionTerm> terms = QuestionTerms.of(
                request.query(), index.lexical(), request.scope().markings());
        Duration words = watch.lap();
        Read read = inSnapshot(handle -> {
            List<DenseHit> byMeaning = index.vectors().search(handle, query, request.scope(), Fusion.DEPTH);
            Duration meaning = watch.lap();
            int reads = said == null ? reranking.reads() : said.candidates();
            List<Hit> hits = hits(handle, request, smoothed(handle, index, Fusion.fuse(byWords, byMeaning)), reads);
            return new Read(hits, ChangeLog.last(handle), meaning);
        });
        Duration reading = watch.lap();
        // Without a connection of the database in hand: a reranker may take seconds.
        Reranking.Outcome ranked = reranked(request, read.hits(), said);
        Timings timings = new Timings(embedding, waiting, words, read.meaning(), reading, watch.lap(), watch.total());
        return new SearchResult(
                request.query(),
                request.scope(),
                wanted(request, ranked.hits()),
                terms,
                query,
                index.generation().name(),
                ranked.how(),
                read.change(),
                timings);
    }

    private Reranking.Outcome reranked(SearchRequest request, List<Hit> hits, @Nullable RerankRecord said) {
        if (said != null) {
            return new Reranking.Outcome(Reranking.again(hits, said), new Reranked.No());
        }
        return request.rerank()
                ? reranking.rank(request.query(), hits)
                : new Reranking.Outcome(hits, new Reranked.No());
    }

    /** Whether a reranker has its say. */
    public boolean reranks() {
        return reranking.reads() > 0;
    }

    private record Read(List<Hit> hits, long change, Duration meaning) {}

    private static List<Hit> wanted(SearchRequest request, List<Hit> hits) {
        return request.varied()
                ? Variety.of(hits, request.limit())
                : hits.subList(0, Math.min(request.limit(), hits.size()));
    }

    /** Finds passages by words alone. Waits as {@link #search} does; no model is asked. */
    public List<Hit> searchByWords(SearchRequest request) {
        return indexes.searching(index -> {
            awaitCurrent(index);
            List<LexicalHit> found = index.lexical().search(request.query(), request.scope(), Fusion.DEPTH);
            return wanted(request, inSnapshot(handle -> hits(handle, request, Fusion.fuse(found, List.of()), 0)));
        });
    }

    /** Finds passages by meaning alone. */
    public List<Hit> searchByMeaning(SearchRequest request) {
        return indexes.searching(index -> {
            float[] query = embed(index, request.query());
            return wanted(request, inSnapshot(handle -> {
                List<DenseHit> found = index.vectors().search(handle, query, request.scope(), Fusion.DEPTH);
                return hits(handle, request, Fusion.fuse(List.of(), found), 0);
            }));
        });
    }

    private static List<Fused> smoothed(Handle handle, Index index, List<Fused> fused) {
        List<Long> best =
                fused.stream().limit(Smoothing.CANDIDATES).map(Fused::passage).toList();
        return Smoothing.rank(fused, index.vectors().vectors(handle, best));
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

    private static float[] embed(Index index, String query) {
        return new QueryEmbedding(index.embedder()).of(query);
    }

    private void awaitCurrent(Index index) {
        index.lexical().await(jdbi.withHandle(ChangeLog::last), patience);
    }

    /**
     * Reads the best passages, more of them while near-duplicates leave room: some more than are wanted, for what orders
     * them after.
     */
    private static List<Hit> hits(Handle handle, SearchRequest request, List<Fused> ranked, int reads) {
        int enough = Math.max(request.limit() + (request.varied() ? Variety.AHEAD : 0), reads);
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
