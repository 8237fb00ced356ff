package org.cartulary.retrieval.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What answers are worth. Shares are of 1; null where there was nothing to count.
 *
 * @param withSource questions asked with their sources there
 * @param falseAbstentions share of those on which it abstained
 * @param withoutSource questions asked without their sources
 * @param rightAbstentions share of those on which it abstained
 * @param unanswerable questions to which no document holds the answer, though others are about the same thing
 * @param rightAbstentionsUnanswerable share of those on which it abstained
 * @param judged questions answered with their sources there of which somebody said what a right answer contains
 * @param rightAnswers share of those whose answer has it, and nothing that it must not have
 * @param wrongAnswers share of those whose answer has not
 * @param supportedSentences share of the sentences of all answers
 * @param citationPrecision of the documents that an answer cites, the share that holds the answer; mean over answers with
 *     their sources there
 * @param citationRecall share of answers that cite one that does
 * @param citedSourcesUsed share of the citations listed that a sentence of the answer uses
 * @param verbatim share of the sentences that stand in the document which they cite, character by character but for white
 *     space
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AnswerFigures(
        @JsonProperty("with_source") int withSource,
        @JsonProperty("false_abstentions") @Nullable Double falseAbstentions,
        @JsonProperty("without_source") int withoutSource,
        @JsonProperty("right_abstentions") @Nullable Double rightAbstentions,
        int unanswerable,

        @JsonProperty("right_abstentions_unanswerable") @Nullable
        Double rightAbstentionsUnanswerable,

        int judged,
        @JsonProperty("right_answers") @Nullable Double rightAnswers,
        @JsonProperty("wrong_answers") @Nullable Double wrongAnswers,
        @JsonProperty("supported_sentences") @Nullable Double supportedSentences,
        @JsonProperty("citation_precision") @Nullable Double citationPrecision,
        @JsonProperty("citation_recall") @Nullable Double citationRecall,
        @JsonProperty("cited_sources_used") @Nullable Double citedSourcesUsed,
        @Nullable Double verbatim) {
    /**
     * Counts.
     *
     * @param texts of the documents, by id
     */
    static AnswerFigures of(List<AnswerTrial> trials, Map<String, String> texts) {
        List<AnswerTrial> with = in(trials, AnswerTrial.Setting.WITH_SOURCE);
        List<AnswerTrial> without = in(trials, AnswerTrial.Setting.WITHOUT_SOURCE);
        List<AnswerTrial> unanswerable = in(trials, AnswerTrial.Setting.UNANSWERABLE);
        List<AnswerTrial> answered =
                trials.stream().filter(AnswerTrial::answered).toList();
        List<AnswerTrial> answeredWith =
                with.stream().filter(AnswerTrial::answered).toList();
        List<AnswerTrial> judged =
                answeredWith.stream().filter(trial -> trial.key().judges()).toList();
        Double right =
                share(judged, trial -> trial.key().isMetBy(trial.observed().text()));
        return new AnswerFigures(
                with.size(),
                share(with, trial -> trial.observed().abstained()),
                without.size(),
                share(without, trial -> trial.observed().abstained()),
                unanswerable.size(),
                share(unanswerable, trial -> trial.observed().abstained()),
                judged.size(),
                right,
                right == null ? null : 1 - right,
                share(sentences(answered), ObservedAnswer.Sentence::supported),
                mean(answeredWith, AnswerFigures::precision),
                share(answeredWith, AnswerFigures::citesOne),
                share(answered.stream().flatMap(AnswerFigures::uses).toList(), used -> used),
                share(answered.stream().flatMap(trial -> verbatim(trial, texts)).toList(), stands -> stands));
    }

    private static List<AnswerTrial> in(List<AnswerTrial> trials, AnswerTrial.Setting setting) {
        return trials.stream().filter(trial -> trial.setting() == setting).toList();
    }

    private static List<ObservedAnswer.Sentence> sentences(List<AnswerTrial> answered) {
        return answered.stream()
                .flatMap(trial -> trial.observed().sentences().stream())
                .toList();
    }

    private static double precision(AnswerTrial trial) {
        List<String> cited = documents(trial);
        return cited.isEmpty()
                ? 0
                : (double) cited.stream()
                                .filter(trial.key().documents()::contains)
                                .count()
                        / cited.size();
    }

    private static boolean citesOne(AnswerTrial trial) {
        return documents(trial).stream().anyMatch(trial.key().documents()::contains);
    }

    private static List<String> documents(AnswerTrial trial) {
        return trial.observed().citations().stream()
                .map(ObservedAnswer.Cited::document)
                .distinct()
                .toList();
    }

    private static Stream<Boolean> uses(AnswerTrial trial) {
        return trial.observed().citations().stream()
                .map(cited -> trial.observed().sentences().stream()
                        .anyMatch(sentence -> sentence.citations().contains(cited.number())));
    }

    private static Stream<Boolean> verbatim(AnswerTrial trial, Map<String, String> texts) {
        return trial.observed().sentences().stream()
                .map(sentence -> trial.observed().citations().stream()
                        .filter(cited -> sentence.citations().contains(cited.number()))
                        .anyMatch(cited ->
                                spaced(texts.getOrDefault(cited.document(), "")).contains(spaced(sentence.text()))));
    }

    private static String spaced(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static <T> @Nullable Double share(List<T> all, Predicate<T> some) {
        return mean(all, one -> some.test(one) ? 1 : 0);
    }

    private static <T> @Nullable Double mean(List<T> all, ToDoubleFunction<T> value) {
        return all.isEmpty() ? null : all.stream().mapToDouble(value).average().orElseThrow();
    }
}
