package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Locale;
import org.cartulary.appliance.asking.Answer;
import org.jspecify.annotations.Nullable;

/**
 * A final answer on the wire. Names may be added, never taken away.
 *
 * @param withheld how many sentences were left out, since no passage carries them
 * @param reason why it is abstained: {@code not-carried}, {@code not-supported} or {@code not-calibrated}; else null
 * @param judgment null where no calibration counts that could judge
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AnswerView(
        String outcome,
        long number,
        String answer,
        String mode,
        List<CitationView> citations,
        List<SentenceView> sentences,
        List<CitationView> nearest,
        List<ConflictView> conflicts,
        @Nullable String receipt,
        @JsonProperty("timings_ms") TimingsView timingsMillis,
        String model,
        String modelSha256,
        boolean demonstrationOnly,
        String generation,
        List<UnderstoodView> understood,
        int withheld,
        @Nullable String reason,
        @Nullable JudgmentView judgment) {
    /** The wire form of an answer. */
    public static AnswerView of(Answer answer) {
        return new AnswerView(
                answer.outcome().name().toLowerCase(Locale.ROOT),
                answer.number(),
                answer.text(),
                answer.mode().name().toLowerCase(Locale.ROOT),
                answer.citations().stream().map(CitationView::of).toList(),
                answer.sentences().stream().map(SentenceView::of).toList(),
                answer.nearest().stream().map(CitationView::of).toList(),
                answer.conflicts().stream().map(ConflictView::of).toList(),
                answer.hasReceipt() ? "/api/receipts/" + answer.number() : null,
                TimingsView.of(answer.timing()),
                answer.model().name(),
                answer.model().sha256(),
                answer.model().demonstrationOnly(),
                answer.generation(),
                UnderstoodView.of(answer.understood()),
                answer.withheld(),
                answer.reason() == null ? null : answer.reason().word(),
                JudgmentView.of(answer.judged()));
    }

    /** A source on the wire. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record CitationView(
            int n,
            String document,
            String documentId,
            String title,
            @Nullable Integer page,
            @Nullable String anchor,
            String quote,
            String passage,
            StandingView standing,
            double score) {
        static CitationView of(Answer.Citation citation) {
            return new CitationView(
                    citation.n(),
                    citation.document(),
                    citation.documentId(),
                    citation.title(),
                    citation.page(),
                    citation.anchor(),
                    citation.quote(),
                    citation.passage(),
                    StandingView.of(citation.holding()),
                    citation.score());
        }
    }

    /**
     * A sentence on the wire.
     *
     * @param headingRow whether it is the heading row of the table in which the sentence that follows is a row
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record SentenceView(String text, List<Integer> citations, boolean supported, boolean headingRow) {
        static SentenceView of(Answer.Sentence sentence) {
            return new SentenceView(sentence.text(), sentence.citations(), sentence.supported(), sentence.headingRow());
        }
    }

    /**
     * How it was judged whether the documents carry an answer: from the threshold on they do.
     *
     * @param calibration version of the numbers
     */
    @Serdeable
    public record JudgmentView(double score, double threshold, String calibration) {
        static @Nullable JudgmentView of(Answer.@Nullable Judged judged) {
            return judged == null ? null : new JudgmentView(judged.score(), judged.threshold(), judged.calibration());
        }
    }

    /** Milliseconds from the question to each event. */
    @Serdeable
    public record TimingsView(
            long search, @JsonProperty("first_token") long firstToken, long total) {
        static TimingsView of(Answer.Timing timing) {
            return new TimingsView(timing.searchMillis(), timing.firstTokenMillis(), timing.totalMillis());
        }
    }
}
