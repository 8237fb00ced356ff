package org.cartulary.appliance.openai;

import io.micronaut.http.HttpStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.cartulary.appliance.access.Refused;
import org.cartulary.inference.ChatMessage;
import org.cartulary.inference.ChatRequest;
import org.cartulary.inference.PromptReuse;
import org.cartulary.inference.Sampling;
import org.jspecify.annotations.Nullable;

/**
 * A chat completion as OpenAI's clients ask for it. What the chat model cannot do is refused by name, never ignored. A model
 * {@code cartulary:<collection>} answers the last thing the user said from documents; sampling, length and system messages
 * have no part in that, because the appliance's own settings decide how answers are made.
 *
 * @param model {@code cartulary:<collection>} for the whole question path, or the chat model's own name
 */
record CompletionRequest(
        String model, List<ChatMessage> messages, boolean stream, Sampling sampling, List<String> stop, int maxTokens) {
    private static final String COLLECTION_PREFIX = "cartulary:";
    private static final Set<String> KNOWN = Set.of(
            "model",
            "messages",
            "stream",
            "stream_options",
            "temperature",
            "top_p",
            "seed",
            "stop",
            "max_tokens",
            "max_completion_tokens",
            "n");
    /** Notes for the provider's own books, of which we keep none. */
    private static final Set<String> IGNORED = Set.of(
            "user",
            "metadata",
            "store",
            "service_tier",
            "safety_identifier",
            "prompt_cache_key",
            "parallel_tool_calls");

    static CompletionRequest parse(Map<String, Object> body, int standardMaxTokens) {
        body.forEach((name, value) -> {
            if (!KNOWN.contains(name) && !IGNORED.contains(name) && !asksNothing(value)) {
                throw refused("The parameter \"" + name + "\" is not supported: leave it out.");
            }
        });
        if (body.get("n") instanceof Number n && n.intValue() != 1) {
            throw refused("n must be 1: one answer is made for each request.");
        }
        Sampling sampling = sampling(body);
        return new CompletionRequest(
                text(body, "model"),
                messages(body.get("messages")),
                Boolean.TRUE.equals(body.get("stream")),
                sampling,
                stop(body.get("stop")),
                maxTokens(body, standardMaxTokens));
    }

    /** Clients send parameters at the values at which they do nothing; refusing those would only break the clients. */
    private static boolean asksNothing(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case Boolean flag -> !flag;
            case Number number -> number.doubleValue() == 0;
            case List<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty() || "text".equals(map.get("type"));
            default -> false;
        };
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
                .orElseThrow(() -> refused("messages has no message of the user."));
    }

    ChatRequest toChatRequest(Duration deadline) {
        return new ChatRequest(messages, sampling, stop, maxTokens, deadline)
                .reusing(new PromptReuse(0, conversation()));
    }

    /** Clients send the whole conversation each time and no name for it; how it began names it. */
    private String conversation() {
        return Integer.toHexString(
                messages.subList(0, Math.min(2, messages.size())).hashCode());
    }

    private static Sampling sampling(Map<String, Object> body) {
        float temperature = number(body, "temperature", 0).floatValue();
        float topP = number(body, "top_p", 1).floatValue();
        try {
            return new Sampling(temperature, topP, 0, 1, number(body, "seed", 0).longValue(), null);
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage() + ".");
        }
    }

    private static int maxTokens(Map<String, Object> body, int standard) {
        int wanted = number(body, "max_completion_tokens", number(body, "max_tokens", standard))
                .intValue();
        if (wanted < 1) {
            throw refused("max_tokens must be at least 1, but was " + wanted + ".");
        }
        return wanted;
    }

    private static List<ChatMessage> messages(@Nullable Object value) {
        if (!(value instanceof List<?> list) || list.isEmpty() || list.size() > 256) {
            throw refused("messages must be a list of 1 to 256 messages.");
        }
        List<ChatMessage> messages = new ArrayList<>();
        for (Object item : list) {
            if (!(item instanceof Map<?, ?> message)
                    || !(message.get("role") instanceof String role)
                    || message.get("content") == null) {
                throw refused("Each message needs a role and a content.");
            }
            messages.add(new ChatMessage(role(role), content(message.get("content"))));
        }
        return messages;
    }

    private static ChatMessage.Role role(String role) {
        return switch (role.toLowerCase(Locale.ROOT)) {
            case "system", "developer" -> ChatMessage.Role.SYSTEM;
            case "user" -> ChatMessage.Role.USER;
            case "assistant" -> ChatMessage.Role.ASSISTANT;
            default -> throw refused("The role \"" + role + "\" is not supported; system, user and assistant are.");
        };
    }

    /** Text, or a list of parts that are all text. */
    private static String content(@Nullable Object content) {
        if (content instanceof String text) {
            return text;
        }
        if (content instanceof List<?> parts) {
            StringBuilder text = new StringBuilder();
            for (Object part : parts) {
                if (!(part instanceof Map<?, ?> fields) || !(fields.get("text") instanceof String piece)) {
                    throw refused("Only parts of type text are supported in a message's content.");
                }
                text.append(piece);
            }
            return text.toString();
        }
        throw refused("A message's content must be text.");
    }

    private static List<String> stop(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof String one) {
            return List.of(one);
        }
        if (value instanceof List<?> many && many.size() <= 8) {
            return many.stream().map(CompletionRequest::stopText).toList();
        }
        throw refused("stop must be a text or a list of at most 8 texts.");
    }

    private static String stopText(@Nullable Object item) {
        if (item instanceof String text) {
            return text;
        }
        throw refused("stop must be a text or a list of at most 8 texts.");
    }

    private static String text(Map<String, Object> body, String name) {
        if (body.get(name) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw refused("The parameter \"" + name + "\" is missing.");
    }

    private static Number number(Map<String, Object> body, String name, Number standard) {
        Object value = body.get(name);
        if (value == null) {
            return standard;
        }
        if (value instanceof Number number) {
            return number;
        }
        throw refused("The parameter \"" + name + "\" must be a number.");
    }

    private static Refused refused(String detail) {
        return new Refused(HttpStatus.BAD_REQUEST, detail);
    }
}
