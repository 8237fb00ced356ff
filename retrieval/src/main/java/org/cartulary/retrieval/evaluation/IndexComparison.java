package org.cartulary.retrieval.evaluation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.cartulary.retrieval.building.IndexBuilder;
import org.cartulary.retrieval.index.IndexRefused;
import org.cartulary.retrieval.index.Indexes;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.Search;
import org.cartulary.retrieval.search.SearchRequest;
import org.jdbi.v3.core.Jdbi;

/** Measures two indexes of an installation side by side, on questions whose answers its operator knows. Thread-safe. */
public final class IndexComparison {
    /** Most questions of a set. */
    public static final int MAX_QUESTIONS = 5_000;

    private static final int PASSAGES = 1_000;
    private static final int RESAMPLES = 10_000;
    private static final long SEED = 20261123;
    private static final Duration LEXICAL_PATIENCE = Duration.ofSeconds(60);

    private final Jdbi jdbi;
    private final IndexBuilder builder;

    public IndexComparison(Jdbi jdbi, IndexBuilder builder) {
        this.jdbi = jdbi;
        this.builder = builder;
    }

    /**
     * What is to be compared.
     *
     * @param queries lines of a {@code queries.jsonl}
     * @param qrels lines of a {@code qrels.tsv} whose documents are paths
     * @param scope what whoever compares may read; nothing else is looked at
     */
    public record Wanted(String first, String second, String queries, String qrels, SearchScope scope) {}

    /**
     * Asks both every question, in turns.
     *
     * @throws IllegalArgumentException when the set is malformed, too large, or has no question with a known answer
     * @throws IndexRefused when there is no such index or it is not ready
     */
    public ComparisonReport compare(Wanted wanted) {
        if (wanted.first().equals(wanted.second())) {
            throw new IllegalArgumentException(
                    "The index " + wanted.first() + " cannot be compared with itself: name two.");
        }
        QuestionSet set = QuestionSet.of(wanted.queries(), wanted.qrels());
        if (set.questions().isEmpty() || set.questions().size() > MAX_QUESTIONS) {
            throw new IllegalArgumentException("A comparison takes 1 to " + MAX_QUESTIONS
                    + " questions that have a judgment, but there are "
                    + set.questions().size() + ": ids in queries.jsonl and qrels.tsv must agree.");
        }
        return builder.with(
                        wanted.first(),
                        true,
                        first -> builder.with(wanted.second(), true, second -> report(wanted, set, first, second))
                                .orElseThrow(() -> notReady(wanted.second())))
                .orElseThrow(() -> notReady(wanted.first()));
    }

    private static IndexRefused notReady(String name) {
        return new IndexRefused(
                "There is no index " + name + " that can be searched: index list says how far each is.");
    }

    private ComparisonReport report(Wanted wanted, QuestionSet set, Indexes first, Indexes second) {
        Side one = new Side(jdbi, first, wanted.scope());
        Side other = new Side(jdbi, second, wanted.scope());
        double overlap = 0;
        for (int i = 0; i < set.questions().size(); i++) {
            QuestionSet.Text question = set.questions().get(i);
            Map<String, Double> relevant = set.judgments().getOrDefault(question.id(), Map.of());
            // In turns, so that neither always finds the caches warm.
            List<String> found = i % 2 == 0 ? one.ask(question, relevant) : List.of();
            List<String> alsoFound = other.ask(question, relevant);
            found = i % 2 == 0 ? found : one.ask(question, relevant);
            overlap += overlap(found, alsoFound);
        }
        double[] differences = differences(one.ndcg, other.ndcg);
        double[] means = resampled(differences);
        Set<String> judged = new TreeSet<>();
        set.judgments().values().forEach(documents -> judged.addAll(documents.keySet()));
        return new ComparisonReport(
                set.questions().size(),
                judged.size(),
                findable(judged, wanted.scope()),
                new ComparisonReport.Side(wanted.first(), one.tally.report()),
                new ComparisonReport.Side(wanted.second(), other.tally.report()),
                Arrays.stream(differences).average().orElse(0),
                means[(int) (0.025 * RESAMPLES)],
                means[(int) (0.975 * RESAMPLES)],
                overlap / set.questions().size());
    }

    /** An index and what it found so far. */
    private static final class Side {
        private final Search search;
        private final SearchScope scope;
        private final SystemReport.Tally tally = new SystemReport.Tally();
        private final List<Double> ndcg = new ArrayList<>();

        Side(Jdbi jdbi, Indexes index, SearchScope scope) {
            this.search = new Search(jdbi, index, LEXICAL_PATIENCE);
            this.scope = scope;
        }

        /** Paths, best first. */
        List<String> ask(QuestionSet.Text question, Map<String, Double> relevant) {
            SearchRequest request = new SearchRequest(question.text(), scope, PASSAGES, false, false);
            long start = System.nanoTime();
            List<Hit> hits = search.search(request).hits();
            double millis = (System.nanoTime() - start) / 1e6;
            List<String> documents = hits.stream().map(Hit::path).distinct().toList();
            RankedMetrics metrics = RankedMetrics.of(documents, relevant);
            tally.add(metrics, millis);
            ndcg.add(metrics.ndcgAt10());
            return documents;
        }
    }

    private static double overlap(List<String> found, List<String> alsoFound) {
        Set<String> first = new HashSet<>(found.subList(0, Math.min(10, found.size())));
        Set<String> second = new HashSet<>(alsoFound.subList(0, Math.min(10, alsoFound.size())));
        int most = Math.max(first.size(), second.size());
        first.retainAll(second);
        return most == 0 ? 1 : (double) first.size() / most;
    }

    private static double[] differences(List<Double> first, List<Double> second) {
        double[] differences = new double[first.size()];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = second.get(i) - first.get(i);
        }
        return differences;
    }

    /** Means of samples drawn with replacement (Efron's percentile bootstrap), in order. */
    private static double[] resampled(double[] values) {
        Random random = new Random(SEED);
        double[] means = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            double sum = 0;
            for (int j = 0; j < values.length; j++) {
                sum += values[random.nextInt(values.length)];
            }
            means[i] = sum / values.length;
        }
        Arrays.sort(means);
        return means;
    }

    private long findable(Set<String> paths, SearchScope scope) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT count(DISTINCT path) FROM retrieval.documents"
                        + " WHERE path = ANY(:paths) AND marking = ANY(:readable) AND state = 'ready'")
                .bindArray("paths", String.class, paths)
                .bindArray("readable", Long.class, scope.markings())
                .mapTo(Long.class)
                .one());
    }
}
