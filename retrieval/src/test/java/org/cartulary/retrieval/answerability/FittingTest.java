package org.cartulary.retrieval.answerability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FittingTest {
    private static final String EMBEDDER = "ab".repeat(32);

    @Test
    void findsTheWeightThatMadeTheLabels() {
        Random random = new Random(7);
        List<Trials.Trial> trials = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            double score = random.nextGaussian();
            double noise = random.nextGaussian();
            boolean answerable = random.nextDouble() < 1 / (1 + Math.exp(-2 * score));
            trials.add(trial(i, answerable, Map.of(Feature.BEST_SCORE, score, Feature.PASSAGE_MARGIN, noise)));
        }
        LogisticFit fit = LogisticFit.of(trials, List.of(Feature.BEST_SCORE, Feature.PASSAGE_MARGIN));
        assertThat(fit.weights().get(Feature.BEST_SCORE)).isCloseTo(2, Offset.offset(0.2));
        assertThat(fit.weights().get(Feature.PASSAGE_MARGIN)).isCloseTo(0, Offset.offset(0.15));
        assertThat(fit.constant()).isCloseTo(0, Offset.offset(0.15));
    }

    @Test
    void proposesTheThresholdWithMostRightAbstentionsAmongThoseThatCostLittle() {
        Calibration calibration = Fitting.fit(overlapping(200), "made up", EMBEDDER, "2026-11-23");
        Calibration.Consequence at = calibration.atThreshold().orElseThrow();
        assertThat(at.falseAbstentions()).isLessThanOrEqualTo(Fitting.FALSE_ABSTENTIONS);
        assertThat(calibration.consequences())
                .filteredOn(one -> one.falseAbstentions() <= Fitting.FALSE_ABSTENTIONS)
                .allMatch(one -> one.rightAbstentions() <= at.rightAbstentions());
        assertThat(calibration.origin().answerable()).isEqualTo(200);
    }

    @Test
    void measuresWhatCountsLaterWithTheWeightThatIsSetByHand() {
        List<Trials.Trial> trials = overlapping(50);
        List<Trials.Trial> followed = trials.stream()
                .map(trial -> trial(
                        trial.question(),
                        trial.answerable(),
                        Map.of(Feature.BEST_SCORE, trial.features().get(Feature.BEST_SCORE), Feature.FOLLOWED, 1.0)))
                .toList();
        double odds = Math.exp(Fitting.FOLLOWED_WEIGHT);
        Calibration.Consequence plain = at(0.5, Fitting.consequences(trials));
        Calibration.Consequence lifted =
                at(Math.round(100 * odds / (odds + 1)) / 100.0, Fitting.consequences(followed));
        assertThat(lifted.rightAbstentions()).isCloseTo(plain.rightAbstentions(), Offset.offset(0.05));
        assertThat(at(0.5, Fitting.consequences(followed)).rightAbstentions()).isLessThan(plain.rightAbstentions());
    }

    @Test
    void refusesToProposeToAnswerEverything() {
        List<Trials.Trial> alike = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            // A fifth of the questions looks quite otherwise than those that its fit is made of.
            boolean odd = Math.floorMod(("Question " + i + "?").hashCode(), 5) == 0;
            alike.add(trial(i, true, Map.of(Feature.BEST_SCORE, odd ? -30.0 : 1.0)));
            alike.add(trial(i, false, Map.of(Feature.BEST_SCORE, -1.0)));
        }
        assertThatThrownBy(() -> Fitting.fit(alike, "made up", EMBEDDER, "2026-11-23"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("No threshold");
    }

    @Test
    void namesTheSameNumbersAlike() {
        Calibration one = Fitting.fit(overlapping(50), "made up", EMBEDDER, "2026-11-23");
        Calibration again = Fitting.fit(overlapping(50), "another day", EMBEDDER, "2026-12-01");
        assertThat(again.version()).isEqualTo(one.version()).hasSize(12);
        assertThat(Fitting.fit(overlapping(50), "made up", "cd".repeat(32), "2026-11-23")
                        .version())
                .isNotEqualTo(one.version());
    }

    @Test
    void refusesTooFewQuestions() {
        assertThatThrownBy(() -> Fitting.fit(overlapping(29), "made up", EMBEDDER, "2026-11-23"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 30 questions");
    }

    @Test
    void isReadAsItWasWritten() {
        Calibration calibration = Fitting.fit(overlapping(50), "made up", EMBEDDER, "2026-11-23");
        assertThat(CalibrationText.read(CalibrationText.write(calibration))).isEqualTo(calibration);
    }

    @Test
    void isNotReadWhereItsNumbersWereChanged() {
        Calibration calibration = Fitting.fit(overlapping(50), "made up", EMBEDDER, "2026-11-23");
        String changed = CalibrationText.write(calibration)
                .replace("\"constant\" : " + calibration.constant(), "\"constant\" : 1.5");
        assertThatThrownBy(() -> CalibrationText.read(changed)).hasMessageContaining("changed by hand");
    }

    @Test
    void deliversOneThatAbstainsRarelyWhereThereIsAnAnswer() {
        Calibration standard = Calibration.standard();
        assertThat(standard.atThreshold().orElseThrow().falseAbstentions())
                .isLessThanOrEqualTo(Fitting.FALSE_ABSTENTIONS);
        assertThat(standard.at(0.9).version()).isEqualTo(standard.version());
    }

    /** So many of each kind, of which some look like the other. */
    private static List<Trials.Trial> overlapping(int each) {
        Random random = new Random(11);
        List<Trials.Trial> trials = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            trials.add(trial(i, true, Map.of(Feature.BEST_SCORE, 1 + random.nextGaussian() / 2)));
            trials.add(trial(i, false, Map.of(Feature.BEST_SCORE, -1 + random.nextGaussian() / 2)));
        }
        return trials;
    }

    private static Calibration.Consequence at(double threshold, List<Calibration.Consequence> consequences) {
        return consequences.stream()
                .filter(one -> Math.abs(one.threshold() - threshold) < 0.001)
                .findFirst()
                .orElseThrow();
    }

    private static Trials.Trial trial(int number, boolean answerable, Map<Feature, Double> values) {
        return trial(new Trials.Question("q" + number, "Question " + number + "?", Set.of()), answerable, values);
    }

    private static Trials.Trial trial(Trials.Question question, boolean answerable, Map<Feature, Double> values) {
        return new Trials.Trial(question, answerable, new Features(new EnumMap<>(values)));
    }
}
