package org.cartulary.inference;

import java.time.Duration;

/**
 * What a finished answer cost.
 *
 * @param text the whole answer
 * @param promptTokens tokens of the rendered prompt
 * @param outputTokens tokens generated
 * @param prefill time spent reading the prompt
 * @param decode time spent generating
 */
public record Generated(
        String text, FinishReason finish, int promptTokens, int outputTokens, Duration prefill, Duration decode) {}
