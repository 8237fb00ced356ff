package org.cartulary.retrieval.evaluation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;

/**
 * Figures of one way of searching, means over all questions.
 *
 * @param p50Millis median time of a question, its embedding included
 * @param p99Millis time that one question in a hundred exceeds
 */
public record SystemReport(
        @JsonProperty("ndcg_at_10") double ndcgAt10,
        @JsonProperty("recall_at_100") double recallAt100,
        @JsonProperty("mrr_at_10") double mrrAt10,
        @JsonProperty("p50_ms") double p50Millis,
        @JsonProperty("p99_ms") double p99Millis) {

    /** Gathers the questions of one system. Used by one thread. */
    static final class Tally {
        private final List<RankedMetrics> metrics = new ArrayList<>();
        private final List<Double> millis = new ArrayList<>();

        void add(RankedMetrics question, double tookMillis) {
            metrics.add(question);
            millis.add(tookMillis);
        }

        SystemReport report() {
            List<Double> sorted = millis.stream().sorted().toList();
            return new SystemReport(
                    metrics.stream()
                            .mapToDouble(RankedMetrics::ndcgAt10)
                            .average()
                            .orElse(0),
                    metrics.stream()
                            .mapToDouble(RankedMetrics::recallAt100)
                            .average()
                            .orElse(0),
                    metrics.stream()
                            .mapToDouble(RankedMetrics::mrrAt10)
                            .average()
                            .orElse(0),
                    percentile(sorted, 0.50),
                    percentile(sorted, 0.99));
        }

        static double percentile(List<Double> sorted, double share) {
            return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
        }
    }
}
