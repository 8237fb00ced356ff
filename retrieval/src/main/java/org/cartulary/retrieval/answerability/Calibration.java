package org.cartulary.retrieval.answerability;

/**
 * How features become a score: a logistic regression, and the score from which passages are held to carry an answer.
 * Receipts can name the version.
 */
public record Calibration(
        String version,
        double constant,
        double passageSimilarity,
        double passageCoverage,
        double sentenceSimilarity,
        double sentenceCoverage,
        double best,
        double threshold) {
    /** Fitted on questions whose judged documents were present or removed; the module's README has the figures. */
    public static final Calibration DEFAULT =
            new Calibration("bge-small-en-v1.5-int8-1", -11.0, 6.0, 3.0, 6.0, 1.5, 0, 0.5);

    /** A probability, as far as the questions that it was fitted on are like those asked; 0 to 1. */
    public double score(Features features) {
        double sum = constant
                + passageSimilarity * features.passageSimilarity()
                + passageCoverage * features.passageCoverage()
                + sentenceSimilarity * features.sentenceSimilarity()
                + sentenceCoverage * features.sentenceCoverage()
                + best * features.best();
        return 1 / (1 + Math.exp(-sum));
    }
}
