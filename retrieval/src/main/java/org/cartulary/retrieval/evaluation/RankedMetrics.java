package org.cartulary.retrieval.evaluation;

import java.util.List;
import java.util.Map;

/**
 * What one ranking is worth.
 *
 * @param ndcgAt10 linear gain, as trec_eval's {@code ndcg_cut_10}; 0 to 1
 * @param recallAt100 share of the relevant documents among the first 100
 * @param mrrAt10 1 / rank of the first relevant document, 0 when it is not among the first 10
 */
record RankedMetrics(double ndcgAt10, double recallAt100, double mrrAt10) {
    /**
     * Scores a ranking.
     *
     * @param ranking document ids, best first, none twice
     * @param relevant grade by document id, each above 0; not empty
     */
    static RankedMetrics of(List<String> ranking, Map<String, Double> relevant) {
        double gain = 0;
        double reciprocal = 0;
        for (int rank = 0; rank < Math.min(10, ranking.size()); rank++) {
            double grade = relevant.getOrDefault(ranking.get(rank), 0.0);
            gain += grade / discount(rank);
            if (grade > 0 && reciprocal == 0) {
                reciprocal = 1.0 / (rank + 1);
            }
        }
        long found = ranking.stream().limit(100).filter(relevant::containsKey).count();
        return new RankedMetrics(gain / ideal(relevant), (double) found / relevant.size(), reciprocal);
    }

    private static double ideal(Map<String, Double> relevant) {
        List<Double> grades = relevant.values().stream()
                .sorted((a, b) -> Double.compare(b, a))
                .limit(10)
                .toList();
        double ideal = 0;
        for (int rank = 0; rank < grades.size(); rank++) {
            ideal += grades.get(rank) / discount(rank);
        }
        return ideal;
    }

    private static double discount(int rank) {
        return Math.log(rank + 2) / Math.log(2);
    }
}
