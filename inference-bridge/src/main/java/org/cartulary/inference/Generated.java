package org.cartulary.inference;

import java.time.Duration;
import java.util.List;

/**
 * What a finished answer cost.
 *
 * @param text the whole answer
 * @param promptTokens tokens of the rendered prompt
 * @param cachedTokens of these, how many were not read again
 * @param outputTokens tokens generated
 * @param prefill time spent reading the prompt
 * @param decode time spent generating
 * @param trace the tokens themselves
 * @param logprobs of the answer's tokens, where asked for
 */
public record Generated(
        String text,
        FinishReason finish,
        int promptTokens,
        int cachedTokens,
        int outputTokens,
        Duration prefill,
        Duration decode,
        TokenTrace trace,
        List<TokenLogprob> logprobs) {
    public Generated {
        logprobs = List.copyOf(logprobs);
    }
}
