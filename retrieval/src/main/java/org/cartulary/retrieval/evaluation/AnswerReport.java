package org.cartulary.retrieval.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Figures of the answers to one set; the object that {@code eval --answers --json} prints.
 *
 * @param kinds figures of the questions of each kind
 * @param configuration what answered: hashes and versions
 * @param questions each as it was asked, in order
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AnswerReport(
        AnswerFigures all,
        Map<String, AnswerFigures> kinds,
        Configuration configuration,
        @JsonProperty("p50_ms") double p50Millis,
        @JsonProperty("p99_ms") double p99Millis,
        List<Asked> questions) {
    /**
     * What answered.
     *
     * @param set hash of the questions and documents
     * @param paraphrase similarity from which on documents were passed over with the sources
     */
    public record Configuration(
            String set,
            String mode,
            String model,
            @JsonProperty("model_sha256") String modelSha256,
            String generation,
            String calibration,
            double threshold,
            String unsupported,
            double paraphrase) {}

    /**
     * One question as it was asked.
     *
     * @param setting {@code with-source}, {@code without-source} or {@code unanswerable}
     * @param verdict {@code right} or {@code wrong}, of an answer with its sources there that can be told; else empty
     */
    public record Asked(
            String id,
            String question,
            String setting,
            List<String> kinds,
            String outcome,
            double score,
            String answer,
            List<String> documents,
            String verdict) {
        static Asked of(AnswerTrial trial) {
            AnswerKey key = trial.key();
            ObservedAnswer observed = trial.observed();
            boolean told = trial.setting() == AnswerTrial.Setting.WITH_SOURCE && trial.answered() && key.judges();
            return new Asked(
                    key.id(),
                    key.question(),
                    trial.setting().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    key.kinds(),
                    observed.abstained() ? "abstained" : "answered",
                    observed.score(),
                    observed.text(),
                    observed.citations().stream()
                            .map(ObservedAnswer.Cited::document)
                            .distinct()
                            .toList(),
                    told ? (key.isMetBy(observed.text()) ? "right" : "wrong") : "");
        }
    }

    /** Counts trials of a set. */
    public static AnswerReport of(AnswerSet set, List<AnswerTrial> trials, Configuration configuration) {
        Map<String, String> texts = new TreeMap<>();
        set.questions()
                .documents()
                .forEach(text -> texts.put(text.id(), text.text().isBlank() ? text.title() : text.text()));
        Map<String, List<AnswerTrial>> byKind = new TreeMap<>();
        for (AnswerTrial trial : trials) {
            trial.key()
                    .kinds()
                    .forEach(kind -> byKind.computeIfAbsent(kind, none -> new ArrayList<>())
                            .add(trial));
        }
        Map<String, AnswerFigures> kinds = new TreeMap<>();
        byKind.forEach((kind, some) -> kinds.put(kind, AnswerFigures.of(some, texts)));
        List<Double> millis =
                trials.stream().map(trial -> trial.observed().millis()).sorted().toList();
        return new AnswerReport(
                AnswerFigures.of(trials, texts),
                kinds,
                configuration,
                SystemReport.Tally.percentile(millis, 0.50),
                SystemReport.Tally.percentile(millis, 0.99),
                trials.stream().map(Asked::of).toList());
    }
}
