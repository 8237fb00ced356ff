package org.cartulary.appliance.asking;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cartulary.inference.ChatMessage;
import org.cartulary.inference.PromptReuse;
import org.cartulary.inference.Sampling;

/** What the model is told, and how evidence keeps it. */
final class Prompt {
    private static final String INSTRUCTION =
            "You answer questions from the numbered sources of an organisation. Use only what the sources say. Answer in"
                    + " one to three short sentences. If the sources do not say, answer: The documents do not say.";

    /** The instruction is the same for everybody: the model reads it once. */
    static final PromptReuse FIXED = new PromptReuse(1, null);

    private Prompt() {}

    static List<ChatMessage> messages(String question, String sources) {
        return List.of(
                new ChatMessage(ChatMessage.Role.SYSTEM, INSTRUCTION),
                new ChatMessage(ChatMessage.Role.USER, "Sources:\n" + sources + "\nQuestion: " + question));
    }

    static List<Map<String, Object>> recorded(List<ChatMessage> messages) {
        return messages.stream().map(Prompt::recorded).toList();
    }

    /** Numbers as text, since canonical JSON has doubles only. */
    static Map<String, Object> recorded(Sampling sampling, int maxTokens) {
        Map<String, Object> recorded = new TreeMap<>();
        recorded.put("temperature", Float.toString(sampling.temperature()));
        recorded.put("topP", Float.toString(sampling.topP()));
        recorded.put("seed", Long.toString(sampling.seed()));
        recorded.put("maxTokens", maxTokens);
        return recorded;
    }

    private static Map<String, Object> recorded(ChatMessage message) {
        return new TreeMap<>(Map.of("role", message.role().name(), "content", message.content()));
    }
}
