package org.cartulary.inference;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer while it is made. Read by one thread. Closing it before its end cancels the generation in the worker; any
 * thread may, and a reader that waits for the next piece then gets {@link InferenceFailed}. A reader that stops reading
 * stops the worker too, after a bounded number of pieces (credits).
 */
public interface ChatStream extends AutoCloseable {
    /** The model that makes this answer: a switch of models may come between a question about the model and the answer. */
    ModelCard model();

    /**
     * Insists on the model that was put on record before.
     *
     * @throws InferenceFailed when another makes this answer
     */
    default void requireModel(String sha256) {
        if (!model().sha256().equals(sha256)) {
            throw new InferenceFailed("The model was changed for another while this was prepared: ask once more.");
        }
    }

    /**
     * Waits for the next piece of text, never splitting a character.
     *
     * @return the piece, or null at the end of the answer
     * @throws InferenceFailed when the worker died, hung or refused; the answer has no end then
     */
    @Nullable
    String next();

    /** Log-probabilities of the tokens that the piece which {@link #next} gave last ended with; empty where not asked for. */
    List<TokenLogprob> logprobs();

    /**
     * The finished answer; only after {@link #next} returned null.
     *
     * @throws IllegalStateException while the answer is still being made
     */
    Generated result();

    @Override
    void close();
}
