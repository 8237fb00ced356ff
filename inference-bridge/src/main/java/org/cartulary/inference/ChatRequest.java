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
 * @param caller on whose behalf, as an opaque name: callers take turns, and none gets what another's prompt left behind
 * @param reuse what of the prompt need not be read again
 * @param topLogprobs {@link #NO_LOGPROBS}, or how many likely tokens are wanted beside each chosen one, 0 to 20
 */
public record ChatRequest(
        List<ChatMessage> messages,
        Sampling sampling,
        List<String> stop,
        int maxTokens,
        Duration deadline,
        String caller,
        PromptReuse reuse,
        int topLogprobs) {
    /** No log-probabilities are wanted. */
    public static final int NO_LOGPROBS = -1;

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
        if (topLogprobs < NO_LOGPROBS || topLogprobs > 20) {
            throw new IllegalArgumentException(
                    "0 to 20 likely tokens can be given beside each, but " + topLogprobs + " were asked for");
        }
        if (reuse.fixedMessages() > messages.size()) {
            throw new IllegalArgumentException(
                    reuse.fixedMessages() + " of " + messages.size() + " messages cannot be fixed");
        }
    }

    /** A request of nobody in particular whose prompt is read whole, without log-probabilities. */
    public ChatRequest(
            List<ChatMessage> messages, Sampling sampling, List<String> stop, int maxTokens, Duration deadline) {
        this(messages, sampling, stop, maxTokens, deadline, "", PromptReuse.NONE, NO_LOGPROBS);
    }

    /** The same on behalf of a caller. */
    public ChatRequest from(String other) {
        return new ChatRequest(messages, sampling, stop, maxTokens, deadline, other, reuse, topLogprobs);
    }

    /** The same with another reuse of what was read. */
    public ChatRequest reusing(PromptReuse other) {
        return new ChatRequest(messages, sampling, stop, maxTokens, deadline, caller, other, topLogprobs);
    }

    /** The same with log-probabilities, and so many likely tokens beside each chosen one. */
    public ChatRequest withLogprobs(int top) {
        return new ChatRequest(messages, sampling, stop, maxTokens, deadline, caller, reuse, top);
    }
}
