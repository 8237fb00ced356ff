package org.cartulary.inference;

import java.time.Duration;
import java.util.List;

/**
 * One chat completion.
 *
 * @param messages 1 to 256 turns; their rendered prompt plus {@code maxTokens} must fit the model's window
 * @param sampling how tokens are chosen
 * @param stop texts that end the answer and are not part of it; at most 8
 * @param maxTokens of the answer; at least 1
 * @param deadline time from the call until the last token; the answer ends with {@link FinishReason#DEADLINE} then
 */
public record ChatRequest(
        List<ChatMessage> messages, Sampling sampling, List<String> stop, int maxTokens, Duration deadline) {
    public ChatRequest {
        messages = List.copyOf(messages);
        stop = List.copyOf(stop);
        if (messages.isEmpty() || messages.size() > 256) {
            throw new IllegalArgumentException("A chat request has 1 to 256 messages, but had " + messages.size());
        }
        if (stop.size() > 8) {
            throw new IllegalArgumentException("At most 8 stop texts are possible, but there were " + stop.size());
        }
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1, but was " + maxTokens);
        }
    }
}
