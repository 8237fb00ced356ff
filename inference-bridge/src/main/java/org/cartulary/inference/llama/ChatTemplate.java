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
 * A model's own chat template, as far as llama.cpp's fixed list knows it.
 *
 * <p>The native code renders placeholders only; the contents are put in afterwards. So a caller's text never passes
 * through a C string, and what comes from the template, the one place where control tokens may stand, stays apart from
 * what comes from a caller. Thread-safe.
 */
final class ChatTemplate {
    private static final String OPEN = "\uE0F0";
    private static final String CLOSE = "\uE0F1";
    private static final String PLAIN_END = "<|endoftext|>";

    /** Marks of the Zephyr family when written with the tokeniser's own end token; llama.cpp takes them for another. */
    private static final List<String> ZEPHYR_MARKS =
            List.of("'<|user|>\n' + message['content'] + eos_token", "'<|assistant|>'");

    private final LlamaFunctions functions;
    private final String template;
    private final PromptTokeniser tokeniser;
    private final String end;

    /**
     * @param template Jinja text that llama.cpp recognises, or the name of one that it has built in
     * @throws LlamaUnavailable when it does not recognise it
     */
    ChatTemplate(LlamaFunctions functions, Vocabulary vocabulary, String template) {
        this.functions = functions;
        String unescaped = template.replace("\\n", "\n");
        this.template = ZEPHYR_MARKS.stream().allMatch(unescaped::contains) ? "zephyr" : template;
        this.tokeniser = new PromptTokeniser(vocabulary);
        // llama.cpp writes one fixed text where this family of templates has the model's own end token.
        boolean known = vocabulary.controlTokens().stream()
                .anyMatch(token -> token.text().equals(PLAIN_END));
        this.end = known ? PLAIN_END : vocabulary.endText();
        frame(List.of(new ChatMessage(ChatMessage.Role.USER, "")));
    }

    /**
     * Tokens of the prompt that ends where the assistant's answer begins.
     *
     * @throws InferenceRefused when the template has no place for one of the messages
     */
    int[] tokens(List<ChatMessage> messages) {
        return tokeniser.tokens(parts(messages));
    }

    /**
     * Tokens of the prompt, and of a text that goes on from it as the answer would.
     */
    int[] continued(List<ChatMessage> messages, String continuation) {
        List<PromptTokeniser.Part> parts = new ArrayList<>(parts(messages));
        parts.add(new PromptTokeniser.Part(continuation, false));
        return tokeniser.tokens(parts);
    }

    /** The prompt as text. */
    String text(List<ChatMessage> messages) {
        StringBuilder text = new StringBuilder();
        parts(messages).forEach(part -> text.append(part.text()));
        return text.toString();
    }

    private List<PromptTokeniser.Part> parts(List<ChatMessage> messages) {
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
            MemorySegment source = arena.allocateFrom(template);
            int capacity = 4096 + 256 * messages.size();
            MemorySegment buffer = arena.allocate(capacity);
            int length = functions.llamaChatApplyTemplate(source, turns, messages.size(), true, buffer, capacity);
            if (length < 0 || length > capacity) {
                throw new LlamaUnavailable(
                        "The model's chat template is none of those that llama.cpp " + LlamaRuntime.RELEASE
                                + " knows: name a known one in the model's manifest (\"template\": \"chatml\").");
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
