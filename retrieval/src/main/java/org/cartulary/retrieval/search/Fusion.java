package org.cartulary.retrieval.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cartulary.retrieval.dense.DenseHit;
import org.cartulary.retrieval.lexical.LexicalHit;
import org.jspecify.annotations.Nullable;

/**
 * Joins the two legs by a convex sum of scores, each brought to 0 to 1 by its least and greatest within the leg (Bruch,
 * Gai, Ingber: "An Analysis of Fusion Functions for Hybrid Retrieval", 2023). A passage that a leg did not return gets
 * nothing from it. Chosen over reciprocal ranks by measurement; the module's README has the figures.
 */
final class Fusion {
    /** Passages taken from each leg. Fewer bring the least scores up and cost quality. */
    static final int DEPTH = 1_000;

    private static final double LEXICAL_WEIGHT = 0.5;

    private Fusion() {}

    /** All passages of both legs, best first; ties by id, so that a search can be repeated. */
    static List<Fused> fuse(List<LexicalHit> byWords, List<DenseHit> byMeaning) {
        Leg words = Leg.of(byWords.stream().map(hit -> new Found(hit.passage(), hit.score())));
        Leg meaning = Leg.of(byMeaning.stream().map(hit -> new Found(hit.passage(), hit.score())));
        List<Fused> fused = new ArrayList<>(byWords.size() + byMeaning.size());
        int word = 0;
        int vector = 0;
        while (word < words.size() || vector < meaning.size()) {
            long passage = Math.min(words.passage(word), meaning.passage(vector));
            Double byWord =
                    words.passage(word) == passage ? words.byId().get(word++).score() : null;
            Double byVector = meaning.passage(vector) == passage
                    ? meaning.byId().get(vector++).score()
                    : null;
            double score = LEXICAL_WEIGHT * words.share(byWord) + (1 - LEXICAL_WEIGHT) * meaning.share(byVector);
            fused.add(new Fused(passage, new Scores(byWord, byVector, score)));
        }
        fused.sort(Fused.BEST_FIRST);
        return fused;
    }

    /** One list of several for the same question in other words: each passage gets the mean of its scores. */
    static List<Fused> join(List<List<Fused>> lists) {
        if (lists.size() == 1) {
            return lists.getFirst();
        }
        Map<Long, Scores> joined = new HashMap<>();
        for (List<Fused> list : lists) {
            list.forEach(hit -> joined.merge(hit.passage(), shared(hit.scores(), lists.size()), Fusion::sum));
        }
        List<Fused> fused = new ArrayList<>(joined.size());
        joined.forEach((passage, scores) -> fused.add(new Fused(passage, scores)));
        fused.sort(Fused.BEST_FIRST);
        return fused;
    }

    private static Scores shared(Scores scores, int among) {
        return new Scores(scores.bm25(), scores.dense(), scores.fused() / among);
    }

    private static Scores sum(Scores one, Scores other) {
        return new Scores(
                greater(one.bm25(), other.bm25()), greater(one.dense(), other.dense()), one.fused() + other.fused());
    }

    private static @Nullable Double greater(@Nullable Double one, @Nullable Double other) {
        return one == null ? other : other == null ? one : Double.valueOf(Math.max(one, other));
    }

    private record Found(long passage, double score) {}

    /** What one leg found, by id: two such lists are joined in one pass. */
    private record Leg(List<Found> byId, double least, double greatest) {
        static Leg of(Stream<Found> found) {
            List<Found> byId =
                    found.sorted(Comparator.comparingLong(Found::passage)).toList();
            DoubleSummaryStatistics scores =
                    byId.stream().mapToDouble(Found::score).summaryStatistics();
            return new Leg(byId, scores.getMin(), scores.getMax());
        }

        int size() {
            return byId.size();
        }

        /** Behind the last, greater than any. */
        long passage(int at) {
            return at < size() ? byId.get(at).passage() : Long.MAX_VALUE;
        }

        /** 1 where all scores are the same: a single hit is the best hit. */
        double share(@Nullable Double score) {
            if (score == null) {
                return 0;
            }
            return greatest > least ? (score - least) / (greatest - least) : 1;
        }
    }
}
