package org.cartulary.retrieval.search;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.Reranker;
import org.cartulary.retrieval.dense.DenseHit;
import org.cartulary.retrieval.dense.QueryEmbedding;
import org.cartulary.retrieval.dense.VectorIndex.Way;
import org.cartulary.retrieval.index.Index;
import org.cartulary.retrieval.index.Indexes;
import org.cartulary.retrieval.lexical.ChangeLog;
import org.cartulary.retrieval.lexical.LexicalHit;
import org.cartulary.retrieval.scope.Reach;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.synonym.Synonyms;
import org.cartulary.retrieval.understanding.QuestionReader;
import org.cartulary.retrieval.understanding.Reading;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Hybrid search: BM25 and vectors, each under the reader's filter in its own query, at the same time, fused. A search sees
 * every change that was committed before it began, in both legs, since neither begins before Lucene knows it. It reads its
 * hits from one snapshot; what the words found and that snapshot does not hold is left out. Thread-safe.
 */
public final class Search {
    /** Passages of which paraphrases are looked for at once; a search each. */
    public static final int MAX_ALIKE = 1_000;

    private final Jdbi jdbi;
    private final Indexes indexes;
    private final Reranking reranking;
    private final Synonyms synonyms;
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
        this.synonyms = new Synonyms(jdbi);
        this.patience = patience;
    }

    /**
     * Does something that takes more than one search, and the embedder beside: all in the index that is searched when it
     * begins, also when another is switched to meanwhile.
     */
    public <T> T holding(Supplier<T> work) {
        return indexes.holding(work);
    }

    /** The embedder of the index that is searched; within {@link #holding}, of the one that is held. */
    public Embedder embedder() {
        return indexes.embedder();
    }

    /**
     * Finds passages by words and by meaning.
     *
     * @throws org.cartulary.retrieval.lexical.IndexBehind when the lexical index does not catch up in time
     * @throws org.cartulary.inference.InferenceRefused when too many requests wait for the embedder
     * @throws org.cartulary.inference.InferenceFailed when the embedder is not up
     */
    public SearchResult search(SearchRequest request) {
        return indexes.searching(index -> search(index, request, null));
    }

    /**
     * Searches again with the vectors that a question was searched with. The same text need not have the same vector
     * again: an int8 embedder's differs a little with whatever it reads in the same batch, and between processors. No
     * embedder is needed.
     *
     * @param queries as {@link SearchResult#queryVectors} has them
     * @param readings as {@link SearchResult#readings} has them, one for each vector
     * @param reranker what one said then; it is not asked again. Null where none had its say
     */
    public SearchResult searchAgain(
            SearchRequest request,
            List<float[]> queries,
            List<ReadingRecord> readings,
            @Nullable RerankRecord reranker) {
        RerankRecord said = reranker == null ? new RerankRecord(0, 0, Map.of()) : reranker;
        return indexes.searching(index -> search(index, request, new Said(queries, readings, said)));
    }

    /** What was said of a question before, by models, lists and statistics; they are not asked again. */
    private record Said(List<float[]> queries, List<ReadingRecord> readings, RerankRecord reranker) {}

    private SearchResult search(Index index, SearchRequest request, @Nullable Said said) {
        Stopwatch watch = new Stopwatch();
        awaitCurrent(index);
        Duration waiting = watch.lap();
        List<Reading> readings = readings(index, request, said);
        Reading main = readings.getFirst();
        Duration reading = watch.lap();
        List<float[]> queries;
        Duration embedding;
        Read read;
        try (Alongside<Words> words = Alongside.start(() -> words(index, request, readings))) {
            queries = said == null ? embedded(index, readings) : said.queries();
            embedding = watch.lap();
            read = read(index, new Asked(request, readings, queries, said, reads(said)), words, watch);
        }
        Duration fetching = watch.lap();
        // Without a connection of the database in hand: a reranker may take seconds.
        Reranking.Outcome ordered = reranked(request, main.question(), read, said);
        return new SearchResult(
                request,
                main.question(),
                main.scope(),
                wanted(request, ordered.hits()),
                read.words().terms(),
                queries,
                read.readings(),
                index.generation().name(),
                ordered.how(),
                read.change(),
                new Timings(
                        embedding,
                        waiting.plus(reading),
                        read.words().took(),
                        read.meaning(),
                        fetching,
                        watch.lap(),
                        watch.total()),
                main.notes());
    }

    /**
     * A question that is ready to be searched.
     *
     * @param reads how many of the best hits a reranker reads
     */
    private record Asked(
            SearchRequest request,
            List<Reading> readings,
            List<float[]> queries,
            @Nullable Said said,
            int reads) {}

    private record Read(
            List<Hit> hits, Lift lift, Words words, List<ReadingRecord> readings, long change, Duration meaning) {}

    private Read read(Index index, Asked asked, Alongside<Words> words, Stopwatch watch) {
        Reading main = asked.readings().getFirst();
        Said said = asked.said();
        return inSnapshot(handle -> {
            List<ReadingRecord> how = said == null ? recorded(handle, index, asked.readings()) : said.readings();
            List<List<DenseHit>> byMeaning = byMeaning(handle, index, asked.readings(), asked.queries(), how);
            Duration meaning = watch.lap();
            Words byWords = words.result();
            watch.lap();
            List<Fused> ranked = ranked(handle, index, asked.readings(), byWords.hits(), byMeaning);
            Lift lift = lift(index, ranked, byWords.holding(), main);
            List<Hit> hits = hits(handle, asked.request(), strictly(index, lift.rank(), main), asked.reads());
            return new Read(hits, lift, byWords, how, ChangeLog.last(handle), meaning);
        });
    }

    private int reads(@Nullable Said said) {
        return said == null ? reranking.reads() : said.reranker().candidates();
    }

    /** One vector for each reading, empty for one that is searched by words alone: no model is asked for that. */
    private static List<float[]> embedded(Index index, List<Reading> readings) {
        return readings.stream()
                .map(one -> one.wordsAlone() ? new float[0] : embed(index, one.question()))
                .toList();
    }

    /** What the words found: hits of each reading, and passages that hold the question's identifiers. */
    private record Words(
            List<List<LexicalHit>> hits, List<LexicalHit> holding, List<QuestionTerm> terms, Duration took) {}

    /** Needs no connection, so that it can't wait for one that its own search holds. */
    private static Words words(Index index, SearchRequest request, List<Reading> readings) {
        Stopwatch watch = new Stopwatch();
        Reading main = readings.getFirst();
        List<List<LexicalHit>> hits = readings.stream()
                .map(one -> index.lexical().search(one.words(), one.scope(), Fusion.DEPTH))
                .toList();
        List<LexicalHit> holding = index.lexical().holding(main.identifiers(), main.scope(), Fusion.DEPTH);
        List<QuestionTerm> terms = QuestionTerms.of(
                main.question(),
                main.language(),
                index.lexical(),
                request.scope().markings());
        return new Words(hits, holding, terms, watch.total());
    }

    private List<Reading> readings(Index index, SearchRequest request, @Nullable Said said) {
        Readings readings = new Readings(new QuestionReader(jdbi, index.lexical(), synonyms), request);
        return said == null ? readings.by(index.embedder().model()) : readings.again(said.readings());
    }

    /** How the vectors are searched is decided here and nowhere else, so that it can be kept and done again. */
    private static List<ReadingRecord> recorded(Handle handle, Index index, List<Reading> readings) {
        return readings.stream()
                .map(one -> new ReadingRecord(
                        one.question(),
                        one.wordsAlone(),
                        !one.wordsAlone() && comparesAll(handle, index, one.scope()),
                        one.synonyms()))
                .toList();
    }

    private static boolean comparesAll(Handle handle, Index index, SearchScope scope) {
        return index.vectors().comparesAll(handle, scope, Fusion.DEPTH, reach(index, scope));
    }

    private static Reach reach(Index index, SearchScope scope) {
        return index.lexical().reach(scope.markings());
    }

    private static List<List<DenseHit>> byMeaning(
            Handle handle, Index index, List<Reading> readings, List<float[]> queries, List<ReadingRecord> recorded) {
        List<List<DenseHit>> found = new ArrayList<>();
        for (int i = 0; i < readings.size(); i++) {
            Reading reading = readings.get(i);
            found.add(
                    reading.wordsAlone() || queries.get(i).length == 0
                            ? List.of()
                            : index.vectors()
                                    .search(
                                            handle,
                                            queries.get(i),
                                            reading.scope(),
                                            Fusion.DEPTH,
                                            Way.of(recorded.get(i).exact(), reach(index, reading.scope()))));
        }
        return found;
    }

    private static List<Fused> ranked(
            Handle handle,
            Index index,
            List<Reading> readings,
            List<List<LexicalHit>> byWords,
            List<List<DenseHit>> byMeaning) {
        List<List<Fused>> lists = new ArrayList<>();
        for (int i = 0; i < readings.size(); i++) {
            lists.add(Fusion.fuse(byWords.get(i), byMeaning.get(i)));
        }
        List<Fused> fused = Fusion.join(lists);
        return readings.getFirst().wordsAlone() ? fused : smoothed(handle, index, fused);
    }

    private static Lift lift(Index index, List<Fused> ranked, List<LexicalHit> holding, Reading reading) {
        Set<Long> named = reading.named().isEmpty()
                ? Set.of()
                : index.lexical()
                        .among(
                                reading.named(),
                                passages(ranked),
                                reading.scope().markings());
        return Lift.of(ranked, holding, reading.identifiers().size(), named);
    }

    private static List<Fused> strictly(Index index, List<Fused> ranked, Reading reading) {
        if (!reading.words().isStrict()) {
            return ranked;
        }
        Set<Long> left = index.lexical().strictly(reading.words(), reading.scope(), passages(ranked));
        return ranked.stream().filter(fused -> left.contains(fused.passage())).toList();
    }

    private Reranking.Outcome reranked(SearchRequest request, String question, Read read, @Nullable Said said) {
        if (said != null) {
            return new Reranking.Outcome(Reranking.again(read.hits(), said.reranker(), read.lift()), new Reranked.No());
        }
        return request.rerank()
                ? reranking.rank(question, read.hits(), read.lift())
                : new Reranking.Outcome(read.hits(), new Reranked.No());
    }

    /** Whether a reranker has its say. */
    public boolean reranks() {
        return reranking.reads() > 0;
    }

    private static List<Hit> wanted(SearchRequest request, List<Hit> hits) {
        return request.varied()
                ? Variety.of(hits, request.limit())
                : hits.subList(0, Math.min(request.limit(), hits.size()));
    }

    /** Finds passages by words alone. Waits as {@link #search} does; no model is asked. */
    public List<Hit> searchByWords(SearchRequest request) {
        return indexes.searching(index -> {
            awaitCurrent(index);
            Reading reading = new Readings(new QuestionReader(jdbi, index.lexical(), synonyms), request)
                    .asAsked(index.embedder().model(), request.scope());
            List<LexicalHit> found = index.lexical().search(reading.words(), reading.scope(), Fusion.DEPTH);
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

    /**
     * Other documents of a scope that say nearly what one of the given documents says, in some passage: paraphrases, copies,
     * versions. Each passage costs a search of its own, in a transaction of its own; of passages alike to one, the nearest
     * 1,000 count.
     *
     * @param documents that have {@value #MAX_ALIKE} passages at most, together
     * @param least inner product of two passages from which on they are alike, 0 to 1
     * @throws IllegalArgumentException when they have more
     */
    public Set<UUID> alike(Set<UUID> documents, SearchScope scope, double least) {
        return documents.isEmpty() || scope.markings().isEmpty()
                ? Set.of()
                : holding(() -> indexes.searching(index -> alike(index, documents, scope, least)));
    }

    private Set<UUID> alike(Index index, Set<UUID> documents, SearchScope scope, double least) {
        List<float[]> vectors =
                inSnapshot(handle -> index.vectors().ofDocuments(handle, documents, scope.markings(), MAX_ALIKE + 1));
        if (vectors.size() > MAX_ALIKE) {
            throw new IllegalArgumentException("Paraphrases are looked for of " + MAX_ALIKE
                    + " passages at most, but the documents that answer have more: name the one part that does.");
        }
        Set<UUID> passedOver = new HashSet<>(scope.without());
        passedOver.addAll(documents);
        SearchScope others = scope.without(passedOver);
        Set<Long> alike = new HashSet<>();
        for (float[] vector : vectors) {
            inSnapshot(handle -> index.vectors().search(handle, vector, others, Fusion.DEPTH)).stream()
                    .filter(hit -> hit.score() >= least)
                    .forEach(hit -> alike.add(hit.passage()));
        }
        return inSnapshot(handle -> index.vectors().documentsOf(handle, alike));
    }

    private static List<Fused> smoothed(Handle handle, Index index, List<Fused> fused) {
        List<Fused> best = fused.subList(0, Math.min(Smoothing.CANDIDATES, fused.size()));
        return Smoothing.rank(fused, index.vectors().vectors(handle, passages(best)));
    }

    private static List<Long> passages(List<Fused> some) {
        return some.stream().map(Fused::passage).toList();
    }

    /**
     * The passages before and behind hits of a search under the same heading, up to eight on each side; without scores, in
     * no order. Hits themselves are not among them.
     */
    public List<Hit> around(List<Hit> hits, SearchScope scope) {
        List<Long> passages = hits.stream().map(Hit::passage).toList();
        return passages.isEmpty() ? List.of() : inSnapshot(handle -> HitReader.around(handle, passages, scope));
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

    private static float[] embed(Index index, String query) {
        return new QueryEmbedding(index.embedder()).of(query);
    }

    private void awaitCurrent(Index index) {
        index.lexical().await(jdbi.withHandle(ChangeLog::last), patience);
    }

    /**
     * Reads the best passages, more of them while near-duplicates leave room: some more than are wanted, for what orders
     * them after; one more than a reranker reads, since what it did not read bounds the scores of what it did.
     */
    private static List<Hit> hits(Handle handle, SearchRequest request, List<Fused> ranked, int reads) {
        int enough = Math.max(request.limit() + (request.varied() ? Variety.AHEAD : 0), reads == 0 ? 0 : reads + 1);
        NearDuplicates duplicates = new NearDuplicates();
        List<Hit> hits = new ArrayList<>(enough);
        int step = enough + 10;
        for (int from = 0; from < ranked.size() && hits.size() < enough; from += step) {
            List<Fused> some = ranked.subList(from, Math.min(from + step, ranked.size()));
            Map<Long, Hit> read = HitReader.read(handle, some, request.scope());
            for (Fused fused : some) {
                Hit hit = hits.size() < enough ? read.get(fused.passage()) : null;
                if (hit != null && !(request.varied() && duplicates.repeats(hit))) {
                    hits.add(hit);
                }
            }
        }
        return hits;
    }
}
