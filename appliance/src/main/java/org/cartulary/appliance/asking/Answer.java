package org.cartulary.appliance.asking;

import java.util.List;
import org.cartulary.inference.ModelCard;
import org.cartulary.retrieval.conflict.Conflict;
import org.cartulary.retrieval.scope.Holding;
import org.cartulary.retrieval.understanding.Understood;
import org.jspecify.annotations.Nullable;

/**
 * A question's end, as every face shows it.
 *
 * @param number of the question; its entries share it
 * @param text with numbered citations such as {@code [1]}; for an abstention, the sentence that says so
 * @param citations sources that the text uses, in order of first use
 * @param nearest when abstaining: the nearest passages
 * @param conflicts what documents in force say differently about what was asked
 * @param hasReceipt false only where no checkpoint covered the terminal entry in time; it can be fetched later
 * @param generation of the index
 * @param understood what the question was understood to say beside its words
 * @param withheld how many sentences were left out of the text, since no passage carries them
 * @param reason why it is abstained; null where it is answered
 * @param judged whether the documents carry an answer, and by what that was judged; null where nothing can judge it
 */
public record Answer(
        Outcome outcome,
        long number,
        String text,
        Mode mode,
        List<Citation> citations,
        List<Sentence> sentences,
        List<Citation> nearest,
        List<Conflict> conflicts,
        boolean hasReceipt,
        Timing timing,
        ModelCard model,
        String generation,
        List<Understood> understood,
        int withheld,
        @Nullable Reason reason,
        @Nullable Judged judged) {
    /** How a question ended. */
    public enum Outcome {
        ANSWERED,
        ABSTAINED
    }

    /** Why a question is abstained from. */
    public enum Reason {
        /** Nothing that was found carries an answer. */
        NOT_CARRIED("not-carried"),
        /** What the model said is in no passage. */
        NOT_SUPPORTED("not-supported"),
        /** No calibration counts for the embedder of the index, so that it cannot be judged. */
        NOT_CALIBRATED("not-calibrated");

        private final String word;

        Reason(String word) {
            this.word = word;
        }

        /** As entries and interfaces spell it. */
        public String word() {
            return word;
        }
    }

    /** How the text was worded. */
    public enum Mode {
        QUOTE,
        GENERATE
    }

    /**
     * A passage that an answer rests on.
     *
     * @param holding whether its document holds on the day that was asked about
     * @param score of the fused search
     */
    public record Citation(
            int n,
            String document,
            String documentId,
            String title,
            @Nullable Integer page,
            @Nullable String anchor,
            String quote,
            String passage,
            Holding holding,
            double score) {}

    /**
     * A sentence of the answer, the citations it carries, and whether they support it.
     *
     * @param headingRow whether it is the heading row of the table in which the sentence that follows is a row
     */
    public record Sentence(String text, List<Integer> citations, boolean supported, boolean headingRow) {}

    /**
     * How it was judged whether the documents carry an answer.
     *
     * @param score 0 to 1; from {@code threshold} on they do
     * @param calibration version of the numbers
     */
    public record Judged(double score, double threshold, String calibration) {}

    /** Milliseconds from the question to each event; {@code firstToken} is 0 where no text was generated. */
    public record Timing(long searchMillis, long firstTokenMillis, long totalMillis) {}
}
