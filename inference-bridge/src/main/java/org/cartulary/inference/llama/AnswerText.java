package org.cartulary.inference.llama;

import java.util.ArrayList;
import java.util.List;
import org.cartulary.inference.TokenLogprob;

/**
 * The text of an answer as it grows: whole characters, stop texts held back, log-probabilities beside the text that
 * they belong to. Used by one thread.
 */
final class AnswerText {
    private final CharacterStream characters = new CharacterStream();
    private final StopTexts stopTexts;
    private final AnswerListener listener;
    private final StringBuilder text = new StringBuilder();
    private final List<TokenLogprob> logprobs = new ArrayList<>();
    private int passedLogprobs;

    AnswerText(List<String> stops, AnswerListener listener) {
        this.stopTexts = new StopTexts(stops);
        this.listener = listener;
    }

    void append(byte[] piece) {
        pass(stopTexts.append(characters.append(piece)));
    }

    void logprob(TokenLogprob one) {
        logprobs.add(one);
    }

    boolean stopped() {
        return stopTexts.reached();
    }

    /** What was held back in vain. */
    void finish() {
        if (!stopTexts.reached()) {
            pass(stopTexts.append(characters.finish()));
            pass(stopTexts.finish());
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }

    List<TokenLogprob> logprobs() {
        return logprobs;
    }

    private void pass(String piece) {
        if (!piece.isEmpty()) {
            text.append(piece);
            listener.piece(piece, List.copyOf(logprobs.subList(passedLogprobs, logprobs.size())));
            passedLogprobs = logprobs.size();
        }
    }
}
