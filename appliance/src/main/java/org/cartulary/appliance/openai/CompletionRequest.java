package org.cartulary.appliance.openai;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.cartulary.inference.ChatMessage;
import org.cartulary.inference.ChatRequest;
import org.cartulary.inference.PromptReuse;
import org.cartulary.inference.Sampling;
import org.cartulary.retrieval.understanding.Wording;
import org.jspecify.annotations.Nullable;

/**
 * A chat completion as OpenAI's clients ask for it. What cannot be done is refused by name, never ignored. A model
 * {@code cartulary:<collection>} answers the last thing the user said from documents: the appliance's own settings decide
 * how such answers are made, so there what would change the answer's form is refused, and what only tunes the choice of
 * words is taken, as nearly every client sends it, and named in the response as without effect.
 *
 * @param model {@code cartulary:<collection>} for the whole question path, or the chat model's own name
 * @param includeUsage whether a stream ends with what it cost
 * @param topLogprobs as {@link ChatRequest} has it
 * @param withoutEffect parameters that were given and have no part in an answer from documents
 */
record CompletionRequest(
        String model,
        List<ChatMessage> messages,
        boolean stream,
        boolean includeUsage,
        Sampling sampling,
        List<String> stop,
        int maxTokens,
        int topLogprobs,
        List<String> withoutEffect) {
    private static final String COLLECTION_PREFIX = "cartulary:";
    private static final int MOST_STOPS = 8;
    private static final int MOST_TOKENS = 1 << 20;
    private static final int MOST_LOGPROBS = 20;

    private static final List<String> TUNING =
            List.of("temperature", "top_p", "min_p", "repeat_penalty", "seed", "max_tokens", "max_completion_tokens");
    private static final List<String> FORM =
            List.of("stop", "logit_bias", "logprobs", "top_logprobs", "response_format", "grammar");
    private static final List<String> COMMON =
            List.of("model", "messages", "stream", "stream_options", "n", "parallel_tool_calls");
    private static final Set<String> KNOWN =
            Set.copyOf(Stream.of(TUNING, FORM, COMMON).flatMap(List::stream).toList());

    /** Whether a body asks the documents, as far as can be told before it is read: what else it says is not looked at. */
    static boolean asksDocuments(Map<String, Object> body) {
        return body.get("model") instanceof String model && model.startsWith(COLLECTION_PREFIX);
    }

    static CompletionRequest parse(Map<String, Object> body, int standardMaxTokens) {
        Parameters parameters = new Parameters(body);
        parameters.requireKnown(KNOWN);
        if (parameters.integer("n", 1, 0, Integer.MAX_VALUE) != 1) {
            throw Parameters.unsupported("n", "must be 1: one answer is made for each request.");
        }
        String model = parameters.text("model");
        if (model.startsWith(COLLECTION_PREFIX)) {
            requireNoForm(parameters);
        }
        return new CompletionRequest(
                model,
                Messages.parse(parameters.any("messages")),
                parameters.flag("stream"),
                includeUsage(parameters.any("stream_options")),
                SamplingParameters.parse(parameters),
                stop(parameters.any("stop")),
                maxTokens(parameters, standardMaxTokens),
                topLogprobs(parameters),
                TUNING.stream().filter(parameters::has).toList());
    }

    private static void requireNoForm(Parameters parameters) {
        for (String name : FORM) {
            if (!parameters.asksNothing(name)) {
                throw Parameters.unsupported(
                        name, "has no part in answers from documents: leave it out, or ask the chat model itself.");
            }
        }
    }

    boolean asksDocuments() {
        return model.startsWith(COLLECTION_PREFIX);
    }

    String collection() {
        return model.substring(COLLECTION_PREFIX.length());
    }

    /** What is asked of the documents: the last thing the user said. */
    String question() {
        return messages.reversed().stream()
                .filter(message -> message.role() == ChatMessage.Role.USER)
                .findFirst()
                .map(ChatMessage::content)
                .orElseThrow(() -> Parameters.refused("messages", "messages has no message of the user."));
    }

    /** What the user said before that, the latest last, as far as it is looked at. */
    List<String> earlier() {
        List<String> said = messages.stream()
                .filter(message -> message.role() == ChatMessage.Role.USER)
                .map(ChatMessage::content)
                .toList();
        List<String> before = said.subList(0, said.size() - 1);
        return before.subList(Math.max(0, before.size() - Wording.MOST_EARLIER), before.size()).stream()
                .map(text -> text.substring(0, Math.min(text.length(), Wording.LONGEST_EARLIER)))
                .toList();
    }

    ChatRequest toChatRequest(Duration deadline) {
        return new ChatRequest(messages, sampling, stop, maxTokens, deadline)
                .reusing(new PromptReuse(0, conversation()))
                .withLogprobs(topLogprobs);
    }

    /** Clients send the whole conversation each time and no name for it: how it began, up to what was asked first, names it. */
    private String conversation() {
        int first = 0;
        while (first < messages.size() - 1 && messages.get(first).role() != ChatMessage.Role.USER) {
            first++;
        }
        return Integer.toHexString(messages.subList(0, first + 1).hashCode());
    }

    private static boolean includeUsage(@Nullable Object options) {
        if (options == null) {
            return false;
        }
        if (options instanceof Map<?, ?> fields) {
            return Boolean.TRUE.equals(fields.get("include_usage"));
        }
        throw Parameters.refused("stream_options", "stream_options must be an object.");
    }

    private static int maxTokens(Parameters parameters, int standard) {
        long older = parameters.integer("max_tokens", standard, 1, MOST_TOKENS);
        return (int) parameters.integer("max_completion_tokens", older, 1, MOST_TOKENS);
    }

    private static int topLogprobs(Parameters parameters) {
        int top = (int) parameters.integer("top_logprobs", 0, 0, MOST_LOGPROBS);
        boolean wanted = parameters.flag("logprobs");
        if (top > 0 && !wanted) {
            throw Parameters.refused("top_logprobs", "top_logprobs needs logprobs to be true.");
        }
        return wanted ? top : ChatRequest.NO_LOGPROBS;
    }

    private static List<String> stop(@Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case String one -> List.of(stopText(one));
            case List<?> many
            when many.size() <= MOST_STOPS ->
                many.stream().map(CompletionRequest::stopText).toList();
            default -> throw unusableStop();
        };
    }

    private static String stopText(@Nullable Object item) {
        if (item instanceof String text && !text.isEmpty()) {
            return Parameters.sound("stop", text);
        }
        throw unusableStop();
    }

    private static RuntimeException unusableStop() {
        return Parameters.refused(
                "stop", "stop must be a text or a list of at most " + MOST_STOPS + " texts, none of them empty.");
    }
}
