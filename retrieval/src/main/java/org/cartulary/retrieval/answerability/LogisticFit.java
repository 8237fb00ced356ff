package org.cartulary.retrieval.answerability;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Logistic regression with a ridge on standardised features, by Newton's method (iteratively reweighted least squares).
 * The two classes weigh the same whatever their numbers, so that a score of one half means as likely one as the other.
 *
 * @param weights for the features as they are, not standardised
 */
record LogisticFit(double constant, Map<Feature, Double> weights) {
    /** Keeps weights finite where the classes part cleanly, and small where features say the same. */
    private static final double RIDGE = 1.0;

    private static final int STEPS = 30;
    private static final double CONVERGED = 1e-8;

    /**
     * Fits.
     *
     * @param trials of both classes, at least one each
     */
    static LogisticFit of(List<Trials.Trial> trials, List<Feature> features) {
        double[][] rows = new double[trials.size()][];
        double[] mean = new double[features.size()];
        double[] deviation = new double[features.size()];
        for (int i = 0; i < rows.length; i++) {
            Features values = trials.get(i).features();
            rows[i] = features.stream().mapToDouble(values::get).toArray();
        }
        standardise(rows, mean, deviation);
        double[] fitted = newton(rows, trials);
        Map<Feature, Double> weights = new EnumMap<>(Feature.class);
        double constant = fitted[features.size()];
        for (int f = 0; f < features.size(); f++) {
            weights.put(features.get(f), fitted[f] / deviation[f]);
            constant -= fitted[f] * mean[f] / deviation[f];
        }
        return new LogisticFit(constant, weights);
    }

    /** @param more what is added to the weighed sum */
    double score(Features features, double more) {
        double sum = constant + more;
        for (Map.Entry<Feature, Double> weight : weights.entrySet()) {
            sum += weight.getValue() * features.get(weight.getKey());
        }
        return 1 / (1 + Math.exp(-sum));
    }

    private static void standardise(double[][] rows, double[] mean, double[] deviation) {
        for (int f = 0; f < mean.length; f++) {
            double sum = 0;
            double squares = 0;
            for (double[] row : rows) {
                sum += row[f];
                squares += row[f] * row[f];
            }
            mean[f] = sum / rows.length;
            double variance = squares / rows.length - mean[f] * mean[f];
            // A feature that never changes says nothing, and gets no weight.
            deviation[f] = variance < 1e-12 ? 1 : Math.sqrt(variance);
            for (double[] row : rows) {
                row[f] = (row[f] - mean[f]) / deviation[f];
            }
        }
    }

    /** Weights of the standardised features, and the constant last. */
    private static double[] newton(double[][] rows, List<Trials.Trial> trials) {
        int size = rows[0].length + 1;
        long answerable = trials.stream().filter(Trials.Trial::answerable).count();
        double weightOfOne = trials.size() / 2.0 / answerable;
        double weightOfNone = trials.size() / 2.0 / (trials.size() - answerable);
        double[] fitted = new double[size];
        for (int step = 0; step < STEPS; step++) {
            double[][] curvature = new double[size][size];
            double[] slope = new double[size];
            for (int i = 0; i < rows.length; i++) {
                boolean one = trials.get(i).answerable();
                add(rows[i], one ? 1 : 0, one ? weightOfOne : weightOfNone, fitted, slope, curvature);
            }
            for (int f = 0; f < size - 1; f++) {
                slope[f] -= RIDGE * fitted[f];
                curvature[f][f] += RIDGE;
            }
            double moved = 0;
            double[] change = LinearSystem.solve(curvature, slope);
            for (int f = 0; f < size; f++) {
                fitted[f] += change[f];
                moved = Math.max(moved, Math.abs(change[f]));
            }
            if (moved < CONVERGED) {
                break;
            }
        }
        return fitted;
    }

    private static void add(
            double[] row, double label, double weight, double[] fitted, double[] slope, double[][] curvature) {
        int size = fitted.length;
        double sum = fitted[size - 1];
        for (int f = 0; f < size - 1; f++) {
            sum += fitted[f] * row[f];
        }
        double score = 1 / (1 + Math.exp(-sum));
        double certain = Math.max(score * (1 - score), 1e-9);
        for (int f = 0; f < size; f++) {
            double x = f == size - 1 ? 1 : row[f];
            slope[f] += weight * (label - score) * x;
            for (int g = 0; g < size; g++) {
                curvature[f][g] += weight * certain * x * (g == size - 1 ? 1 : row[g]);
            }
        }
    }
}
