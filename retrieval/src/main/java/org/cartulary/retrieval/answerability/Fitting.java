package org.cartulary.retrieval.answerability;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Makes a calibration of trials. Stateless. */
public final class Fitting {
    /** Fewer trials of one kind say too little: a single one would be more than three hundredths. */
    public static final int LEAST_TRIALS = 30;

    /**
     * Share of false abstentions that the proposed threshold may cost: well below the 5% that are aimed at, since other
     * questions differ from those that were fitted on.
     */
    public static final double FALSE_ABSTENTIONS = 0.02;

    /**
     * Of {@link Feature#FOLLOWED}, which is too rare to be fitted: a code that leads to what was asked for speaks for an
     * answer though no single passage is near. Set by hand; the joined questions of the demo need it.
     */
    static final double FOLLOWED_WEIGHT = 3;

    private static final int FOLDS = 5;
    private static final int STEPS = 100;

    /** The features that are weighed; the module's README says how they were chosen. */
    static final List<Feature> WEIGHED = List.of(
            Feature.PASSAGE_MARGIN,
            Feature.SENTENCE_SIMILARITY,
            Feature.SENTENCE_MARGIN,
            Feature.BEST_CONTEXT_COVERAGE,
            Feature.RAREST_MISSING_HERE,
            Feature.FOCUS_MISSING,
            Feature.BEST_SCORE,
            Feature.SCORE_MARGIN);

    private Fitting() {}

    /**
     * Fits, proposes the threshold with most right abstentions among those that cost at most
     * {@link #FALSE_ABSTENTIONS}, and measures what thresholds cost: on each fifth of the questions, by a fit on the others.
     *
     * @throws IllegalArgumentException when there are too few trials of one kind
     */
    public static Calibration fit(List<Trials.Trial> trials, String description, String embedderSha256, String madeOn) {
        long answerable = trials.stream().filter(Trials.Trial::answerable).count();
        long unanswerable = trials.size() - answerable;
        requireEnough(answerable, unanswerable);
        LogisticFit fit = LogisticFit.of(trials, WEIGHED);
        List<Calibration.Consequence> consequences = consequences(trials);
        double threshold = proposed(consequences);
        Map<Feature, Double> weights = new EnumMap<>(Feature.class);
        fit.weights().forEach((feature, weight) -> weights.put(feature, rounded(weight)));
        weights.put(Feature.FOLLOWED, FOLLOWED_WEIGHT);
        double constant = rounded(fit.constant());
        Calibration.Origin origin = new Calibration.Origin(
                description, sha256(trials), embedderSha256, (int) answerable, (int) unanswerable, madeOn);
        return new Calibration(
                CalibrationText.version(constant, weights, embedderSha256),
                constant,
                weights,
                threshold,
                origin,
                consequences);
    }

    /**
     * Goes on only where so many trials say enough.
     *
     * @throws IllegalArgumentException when there are too few of one kind
     */
    public static void requireEnough(long answerable, long unanswerable) {
        if (answerable < LEAST_TRIALS || unanswerable < LEAST_TRIALS) {
            throw new IllegalArgumentException("A calibration needs at least " + LEAST_TRIALS
                    + " questions with answers in the documents and as many without, but here are " + answerable
                    + " and " + unanswerable + ": add questions.");
        }
    }

    private static double proposed(List<Calibration.Consequence> consequences) {
        return consequences.stream()
                .filter(one -> one.falseAbstentions() <= FALSE_ABSTENTIONS)
                .mapToDouble(Calibration.Consequence::threshold)
                .max()
                .orElseThrow(() ->
                        new IllegalArgumentException("No threshold costs at most " + Math.round(FALSE_ABSTENTIONS * 100)
                                + "% false abstentions on these questions: with and without their documents they look alike."
                                + " See whether each question names the documents that answer it, or add questions."));
    }

    /** What a calibration costs on trials, at each hundredth. */
    static List<Calibration.Consequence> consequences(List<Trials.Trial> trials) {
        double[] scores = new double[trials.size()];
        for (int fold = 0; fold < FOLDS; fold++) {
            List<Trials.Trial> others = new ArrayList<>();
            for (Trials.Trial trial : trials) {
                if (fold(trial) != fold) {
                    others.add(trial);
                }
            }
            LogisticFit fit = LogisticFit.of(others, WEIGHED);
            for (int i = 0; i < scores.length; i++) {
                if (fold(trials.get(i)) == fold) {
                    scores[i] = fit.score(
                            trials.get(i).features(),
                            // What counts later is measured: the weight that is set by hand too.
                            FOLLOWED_WEIGHT * trials.get(i).features().get(Feature.FOLLOWED));
                }
            }
        }
        List<Calibration.Consequence> consequences = new ArrayList<>();
        for (int step = 1; step < STEPS; step++) {
            consequences.add(consequence(trials, scores, (double) step / STEPS));
        }
        return consequences;
    }

    static Calibration.Consequence consequence(List<Trials.Trial> trials, double[] scores, double threshold) {
        int right = 0;
        int wrong = 0;
        int answerable = 0;
        for (int i = 0; i < scores.length; i++) {
            boolean abstained = scores[i] < threshold;
            answerable += trials.get(i).answerable() ? 1 : 0;
            right += abstained && !trials.get(i).answerable() ? 1 : 0;
            wrong += abstained && trials.get(i).answerable() ? 1 : 0;
        }
        return new Calibration.Consequence(
                threshold,
                rounded((double) right / Math.max(1, scores.length - answerable)),
                rounded((double) wrong / Math.max(1, answerable)));
    }

    /** By the question, so that its trial with the source never helps to judge the one without. */
    private static int fold(Trials.Trial trial) {
        return Math.floorMod(trial.question().text().hashCode(), FOLDS);
    }

    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }

    private static String sha256(List<Trials.Trial> trials) {
        StringBuilder text = new StringBuilder();
        for (Trials.Trial trial : trials) {
            text.append(trial.question().text())
                    .append('\t')
                    .append(trial.question().id())
                    .append('\t')
                    .append(trial.answerable())
                    .append('\n');
        }
        return CalibrationText.sha256(text.toString());
    }
}
