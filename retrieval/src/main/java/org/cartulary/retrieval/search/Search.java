package org.cartulary.retrieval.search;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cartulary.inference.Embedder;
import org.cartulary.retrieval.dense.DenseHit;
import org.cartulary.retrieval.dense.QueryEmbedding;
import org.cartulary.retrieval.dense.VectorIndex;
import org.cartulary.retrieval.generation.Generation;
import org.cartulary.retrieval.lexical.ChangeLog;
import org.cartulary.retrieval.lexical.LexicalHit;
import org.cartulary.retrieval.lexical.LexicalIndex;
import org.cartulary.retrieval.understanding.QuestionReader;
import org.cartulary.retrieval.understanding.Reading;
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
    private final QuestionReader reader;
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
        this.reader = new QuestionReader(jdbi, lexical);
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
        List<Reading> readings = readings(request);
        Reading main = readings.getFirst();
        Duration reading = watch.lap();
        List<float[]> queries =
                readings.stream().map(one -> embed(one.question())).toList();
        Duration embedding = watch.lap();
        List<List<LexicalHit>> byWords = readings.stream()
                .map(one -> lexical.search(one.words(), one.scope(), Fusion.DEPTH))
                .toList();
        List<LexicalHit> holding = lexical.holding(main.identifiers(), main.scope(), Fusion.DEPTH);
        List<QuestionTerm> terms = QuestionTerms.of(
                main.question(), main.language(), lexical, request.scope().markings());
        Duration words = reading.plus(watch.lap());
        return inSnapshot(handle -> {
            List<List<DenseHit>> byMeaning = new ArrayList<>();
            for (int i = 0; i < readings.size(); i++) {
                byMeaning.add(byMeaning(handle, queries.get(i), readings.get(i)));
            }
            Duration meaning = watch.lap();
            List<List<Fused>> lists = new ArrayList<>();
            for (int i = 0; i < readings.size(); i++) {
                lists.add(Fusion.fuse(byWords.get(i), byMeaning.get(i)));
            }
            List<Fused> fused = Fusion.join(lists);
            List<Fused> ranked = main.wordsAlone() ? fused : smoothed(handle, fused);
            List<Hit> hits = hits(handle, request, strictly(lifted(ranked, holding, main), main));
            Timings timings = new Timings(embedding, waiting, words, meaning, watch.lap(), watch.total());
            return new SearchResult(
                    main.question(),
                    main.scope(),
                    hits,
                    terms,
                    queries.getFirst(),
                    generation.name(),
                    timings,
                    main.notes());
        });
    }

    /** The question as it can stand alone; behind it, where that is another, the question as it was asked. */
    private List<Reading> readings(SearchRequest request) {
        Reading asked = read(request);
        return reader.readFollowUp(request.query(), request.wording(), request.scope(), embedder.model())
                .map(whole -> List.of(whole, asked))
                .orElse(List.of(asked));
    }

    private List<DenseHit> byMeaning(Handle handle, float[] query, Reading reading) {
        return reading.wordsAlone() ? List.of() : vectors.search(handle, query, reading.scope(), Fusion.DEPTH);
    }

    /** Finds passages by words alone. Waits as {@link #search} does; no model is asked. */
    public List<Hit> searchByWords(SearchRequest request) {
        awaitCurrent();
        Reading reading = read(request);
        List<LexicalHit> found = lexical.search(reading.words(), reading.scope(), Fusion.DEPTH);
        return inSnapshot(handle -> hits(handle, request, Fusion.fuse(found, List.of())));
    }

    private Reading read(SearchRequest request) {
        return reader.read(request.query(), request.wording(), request.scope(), embedder.model());
    }

    private List<Fused> lifted(List<Fused> ranked, List<LexicalHit> holding, Reading reading) {
        List<Long> all = ranked.stream().map(Fused::passage).toList();
        Set<Long> named = lexical.among(reading.named(), all, reading.scope().markings());
        return Lift.rank(ranked, holding, reading.identifiers().size(), named);
    }

    private List<Fused> strictly(List<Fused> ranked, Reading reading) {
        if (!reading.words().isStrict()) {
            return ranked;
        }
        List<Long> all = ranked.stream().map(Fused::passage).toList();
        Set<Long> left = lexical.strictly(reading.words(), reading.scope(), all);
        return ranked.stream().filter(fused -> left.contains(fused.passage())).toList();
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
