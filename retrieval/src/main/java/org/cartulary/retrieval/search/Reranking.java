package org.cartulary.retrieval.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.Reranker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a cross-encoder read the question together with each of the best passages (Nogueira, Cho: "Passage Re-ranking with
 * BERT", 2019), and orders them by a mix of its scores and those of the search. A mix, because a small reranker alone
 * orders worse than the fusion does. Thread-safe.
 */
final class Reranking {
    private static final Logger LOG = LoggerFactory.getLogger(Reranking.class);

    private final Supplier<Optional<Reranker>> rerankers;
    private final RerankPolicy policy;

    /** @param rerankers asked at each search, since models change while the appliance runs */
    Reranking(Supplier<Optional<Reranker>> rerankers, RerankPolicy policy) {
        this.rerankers = rerankers;
        this.policy = policy;
    }

    /** How many hits a search is to read at least, so that the order does not depend on how many are wanted. */
    int reads() {
        return rerankers.get().isPresent() ? policy.candidates() : 0;
    }

    record Outcome(List<Hit> hits, Reranked how) {}

    /**
     * Orders the best hits anew; the rest follows as it was.
     *
     * @param hits best first
     * @param lift what put some of them first; it does so again, whatever the reranker thinks of them
     */
    Outcome rank(String question, List<Hit> hits, Lift lift) {
        Optional<Reranker> installed = rerankers.get();
        int candidates = Math.min(policy.candidates(), hits.size());
        if (installed.isEmpty() || candidates == 0) {
            return new Outcome(hits, new Reranked.No());
        }
        try {
            Reranker reranker = installed.get().by("search");
            ModelCard model = reranker.model();
            List<Hit> best = hits.subList(0, candidates);
            List<@Nullable Double> scores = new PairScores(reranker, question, policy.deadline()).of(best);
            if (scores.stream().noneMatch(score -> score != null)) {
                return new Outcome(hits, new Reranked.Failed("Question and passages are too long for the reranker."));
            }
            RerankRecord record = new RerankRecord(policy.candidates(), policy.weight(), byPassage(best, scores));
            return new Outcome(again(hits, record, lift), new Reranked.Yes(model, record));
        } catch (InferenceFailed | InferenceRefused e) {
            LOG.warn("A search went without the reranker: {}", e.getMessage());
            return new Outcome(hits, new Reranked.Failed("The reranker did not answer: " + e.getMessage()));
        }
    }

    private static Map<Long, Double> byPassage(List<Hit> best, List<@Nullable Double> scores) {
        Map<Long, Double> known = new HashMap<>();
        for (int i = 0; i < best.size(); i++) {
            Double score = scores.get(i);
            if (score != null) {
                known.put(best.get(i).passage(), score);
            }
        }
        return known;
    }

    /** Orders hits as a reranker said once; no model is asked. */
    static List<Hit> again(List<Hit> hits, RerankRecord record, Lift lift) {
        int candidates = Math.min(record.candidates(), hits.size());
        if (candidates == 0 || record.scores().isEmpty()) {
            return hits;
        }
        List<Hit> best = hits.subList(0, candidates);
        List<Hit> rest = hits.subList(candidates, hits.size());
        Scale own = Scale.of(best.stream().mapToDouble(lift::own));
        Scale its = Scale.of(record.scores().values().stream().mapToDouble(Double::doubleValue));
        double floor = rest.isEmpty() ? 0 : rest.getFirst().scores().ranked();
        List<Hit> ordered = new ArrayList<>(best.size() + rest.size());
        for (Hit hit : best) {
            Double score = record.scores().get(hit.passage());
            double before = own.share(lift.own(hit));
            double mixed = score == null ? before : (1 - record.weight()) * before + record.weight() * its.share(score);
            double lifted = lift.lifted(hit.passage(), mixed);
            ordered.add(hit.scored(hit.scores().rerankedBy(score, floor + (1 - floor) * lifted)));
        }
        ordered.sort(
                Comparator.comparingDouble((Hit hit) -> -hit.scores().ranked()).thenComparingLong(Hit::passage));
        ordered.addAll(rest);
        return ordered;
    }

    /** Brings scores to 0 to 1 by the least and the greatest of them. */
    private record Scale(double least, double greatest) {
        static Scale of(DoubleStream scores) {
            double[] known = scores.sorted().toArray();
            return new Scale(known[0], known[known.length - 1]);
        }

        double share(double score) {
            return greatest > least ? (score - least) / (greatest - least) : 1;
        }
    }
}
