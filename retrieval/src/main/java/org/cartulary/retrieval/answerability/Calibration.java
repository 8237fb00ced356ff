package org.cartulary.retrieval.answerability;

import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How features become a score, by a logistic regression; from which score on passages are held to carry an answer; and what
 * that was measured to cost. Receipts name the version.
 *
 * @param version names the numbers: the same constant and weights always have the same
 * @param threshold from 0 to 1
 * @param origin what it was fitted on
 * @param consequences measured on questions that were left out of each fit; by rising threshold
 */
public record Calibration(
        String version,
        double constant,
        Map<Feature, Double> weights,
        double threshold,
        Origin origin,
        List<Consequence> consequences) {
    /**
     * What a calibration was fitted on.
     *
     * @param description of the questions, for people
     * @param questionsSha256 of the questions and which documents answer them
     * @param embedderSha256 similarities of another embedder mean something else
     * @param answerable trials with the sources there
     * @param unanswerable trials without
     * @param madeOn the day, as ISO 8601 has it
     */
    public record Origin(
            String description,
            String questionsSha256,
            String embedderSha256,
            int answerable,
            int unanswerable,
            String madeOn) {}

    /**
     * What a threshold costs.
     *
     * @param rightAbstentions share of the unanswerable questions on which it abstains
     * @param falseAbstentions share of the answerable ones
     */
    public record Consequence(double threshold, double rightAbstentions, double falseAbstentions) {}

    public Calibration {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("A threshold lies between 0 and 1, but this one is " + threshold);
        }
        weights = Collections.unmodifiableMap(new EnumMap<>(weights));
        consequences = List.copyOf(consequences);
    }

    /** The one that the product is delivered with. */
    public static Calibration standard() {
        return Standard.CALIBRATION;
    }

    private static final class Standard {
        static final Calibration CALIBRATION = CalibrationText.standard();
    }

    /** A probability, as far as the questions that it was fitted on are like those asked; 0 to 1. */
    public double score(Features features) {
        double sum = constant;
        for (Map.Entry<Feature, Double> weight : weights.entrySet()) {
            sum += weight.getValue() * features.get(weight.getKey());
        }
        return 1 / (1 + Math.exp(-sum));
    }

    /** The same with another threshold. */
    public Calibration at(double other) {
        return new Calibration(version, constant, weights, other, origin, consequences);
    }

    /** The measured cost of the nearest threshold that was measured; empty where none was. */
    public Optional<Consequence> atThreshold() {
        return consequences.stream().min(Comparator.comparingDouble(one -> Math.abs(one.threshold() - threshold)));
    }

    /** Weights by the words of their features, in order. */
    public TreeMap<String, Double> weightsByWord() {
        TreeMap<String, Double> words = new TreeMap<>();
        weights.forEach((feature, weight) -> words.put(feature.word(), weight));
        return words;
    }
}
