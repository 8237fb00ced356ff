package org.cartulary.inference.llama;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cartulary.inference.ChatMessage;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Refusal;

/**
 * A chat template out of llama.cpp's fixed list, by its name.
 *
 * <p>The native code renders placeholders only; the contents are put in afterwards. So a caller's text never passes
 * through a C string, and what comes from the template, the one place where control tokens may stand, stays apart from
 * what comes from a caller. Thread-safe.
 */
final class NamedTemplate implements PromptWriter {
    private static final String OPEN = "\uE0F0";
    private static final String CLOSE = "\uE0F1";
    private static final String PLAIN_END = "<|endoftext|>";

    private final LlamaFunctions functions;
    private final String name;
    private final String end;

    /**
     * Tries the template.
     *
     * @throws LlamaUnavailable when llama.cpp does not know it
     */
    NamedTemplate(LlamaFunctions functions, Vocabulary vocabulary, String name) {
        this.functions = functions;
        this.name = name;
        // llama.cpp writes one fixed text where this family of templates has the model's own end token.
        boolean known = vocabulary.controlTokens().stream()
                .anyMatch(token -> token.text().equals(PLAIN_END));
        this.end = known ? PLAIN_END : vocabulary.endText();
        frame(List.of(new ChatMessage(ChatMessage.Role.USER, "")));
    }

    @Override
    public List<PromptTokeniser.Part> parts(List<ChatMessage> messages) {
        String rest = frame(messages);
        List<PromptTokeniser.Part> parts = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            int at = rest.indexOf(placeholder(i));
            if (at < 0) {
                throw new InferenceRefused(new Refusal.BadRequest("The model's chat template has no place for message "
                        + i + " with the role " + messages.get(i).role()
                        + ": put its text into a user message."));
            }
            parts.add(new PromptTokeniser.Part(rest.substring(0, at), true));
            parts.add(new PromptTokeniser.Part(messages.get(i).content(), false));
            rest = rest.substring(at + placeholder(i).length());
        }
        parts.add(new PromptTokeniser.Part(rest, true));
        return parts;
    }

    private String frame(List<ChatMessage> messages) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment turns = turns(arena, messages);
            MemorySegment source = arena.allocateFrom(name);
            int capacity = 4096 + 256 * messages.size();
            MemorySegment buffer = arena.allocate(capacity);
            int length = functions.llamaChatApplyTemplate(source, turns, messages.size(), true, buffer, capacity);
            if (length < 0 || length > capacity) {
                throw new LlamaUnavailable(
                        "The chat template '" + name + "' is none of those that llama.cpp " + LlamaRuntime.RELEASE
                                + " knows: name a known one in the model's manifest (\"template\": \"chatml\"), or"
                                + " \"model\" for the one in the model file.");
            }
            byte[] bytes = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
            return new String(bytes, StandardCharsets.UTF_8).replace(PLAIN_END, end);
        }
    }

    private static MemorySegment turns(Arena arena, List<ChatMessage> messages) {
        MemorySegment turns = arena.allocate((long) StructLayouts.CHAT_MESSAGE_BYTES * messages.size(), 8);
        for (int i = 0; i < messages.size(); i++) {
            String role = messages.get(i).role().name().toLowerCase(Locale.ROOT);
            turns.setAtIndex(ValueLayout.ADDRESS, 2L * i, arena.allocateFrom(role));
            turns.setAtIndex(ValueLayout.ADDRESS, 2L * i + 1, arena.allocateFrom(placeholder(i)));
        }
        return turns;
    }

    private static String placeholder(int message) {
        return OPEN + message + CLOSE;
    }
}
