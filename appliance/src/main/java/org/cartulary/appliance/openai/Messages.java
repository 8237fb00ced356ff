package org.cartulary.appliance.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cartulary.inference.ChatMessage;
import org.jspecify.annotations.Nullable;

/** The conversation of a request. */
final class Messages {
    private static final String NAME = "messages";
    private static final int MOST = 256;

    private Messages() {}

    static List<ChatMessage> parse(@Nullable Object value) {
        if (!(value instanceof List<?> list) || list.isEmpty() || list.size() > MOST) {
            throw Parameters.refused(NAME, "messages must be a list of 1 to " + MOST + " messages.");
        }
        List<ChatMessage> messages = new ArrayList<>();
        for (Object item : list) {
            messages.add(message(item));
        }
        return messages;
    }

    private static ChatMessage message(@Nullable Object item) {
        if (!(item instanceof Map<?, ?> message)
                || !(message.get("role") instanceof String role)
                || message.get("content") == null) {
            throw Parameters.refused(NAME, "Each message needs a role and a content.");
        }
        return new ChatMessage(role(role), Parameters.sound(NAME, content(message.get("content"))));
    }

    private static ChatMessage.Role role(String role) {
        return switch (role.toLowerCase(Locale.ROOT)) {
            case "system", "developer" -> ChatMessage.Role.SYSTEM;
            case "user" -> ChatMessage.Role.USER;
            case "assistant" -> ChatMessage.Role.ASSISTANT;
            default ->
                throw Parameters.refused(
                        NAME, "The role \"" + role + "\" is not supported; system, user and assistant are.");
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
                    throw Parameters.refused(NAME, "Only parts of type text are supported in a message's content.");
                }
                text.append(piece);
            }
            return text.toString();
        }
        throw Parameters.refused(NAME, "A message's content must be text.");
    }
}
