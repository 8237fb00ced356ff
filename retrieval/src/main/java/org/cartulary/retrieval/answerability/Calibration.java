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
        double followed,
        double threshold) {
    /** Fitted on questions whose judged documents were present or removed; the module's README has the figures. */
    public static final Calibration DEFAULT =
            new Calibration("bge-small-en-v1.5-int8-1", -21.339, 9.462, 4.254, 4.539, -0.187, 10.612, 3.0, 0.33);

    /** A probability, as far as the questions that it was fitted on are like those asked; 0 to 1. */
    public double score(Features features) {
        double sum = constant
                + passageSimilarity * features.passageSimilarity()
                + passageCoverage * features.passageCoverage()
                + sentenceSimilarity * features.sentenceSimilarity()
                + sentenceCoverage * features.sentenceCoverage()
                + best * features.best()
                + (features.followed() ? followed : 0);
        return 1 / (1 + Math.exp(-sum));
    }
}
