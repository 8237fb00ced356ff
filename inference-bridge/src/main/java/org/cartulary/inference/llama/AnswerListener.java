package org.cartulary.inference.llama;

import java.util.List;
import org.cartulary.inference.Generated;
import org.cartulary.inference.TokenLogprob;

/** Hears of one answer, on the engine's thread: must not block. */
public interface AnswerListener {
    /** Whether more text can be taken now; while not, the answer is set aside and others go on. */
    boolean ready();

    /**
     * The next text of the answer, never empty, never splitting a character.
     *
     * @param logprobs of the tokens that ended with this text, where asked for
     */
    void piece(String text, List<TokenLogprob> logprobs);

    /** The end, with everything that was passed to {@link #piece}. Nothing follows. */
    void finished(Generated answer);

    /** The answer was lost. Nothing follows. */
    void failed(RuntimeException fault);
}
