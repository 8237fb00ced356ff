package org.cartulary.inference.llama;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.cartulary.inference.ChatMessage;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.template.ChatTemplates;

/**
 * How conversations become prompts for one model: by the model's own Jinja template, or by one of llama.cpp's list where
 * the manifest names it. What comes from the template, the one place where control tokens may stand, stays apart from
 * what comes from a caller, down to the single character. Thread-safe.
 */
final class ChatTemplate {
    private final PromptWriter writer;
    private final PromptTokeniser tokeniser;

    /** As below, by this machine's clock and the day in UTC. */
    ChatTemplate(LlamaFunctions functions, Vocabulary vocabulary, String template) {
        this(functions, vocabulary, template, Clock.systemUTC());
    }

    /**
     * Reads the template and tries it.
     *
     * @param template Jinja text, or the name of a template that llama.cpp has built in
     * @param clock for templates that write the day
     * @throws LlamaUnavailable when it cannot be used
     */
    ChatTemplate(LlamaFunctions functions, Vocabulary vocabulary, String template, Clock clock) {
        this.tokeniser = new PromptTokeniser(vocabulary);
        this.writer = ChatTemplates.isSource(template)
                ? new OwnTemplate(vocabulary, template, clock)
                : new NamedTemplate(functions, vocabulary, template);
    }

    /**
     * Tokens of the prompt that ends where the assistant's answer begins.
     *
     * @throws InferenceRefused when the template has no place for one of the messages
     */
    int[] tokens(List<ChatMessage> messages) {
        return tokeniser.tokens(writer.parts(messages));
    }

    /**
     * How many of a prompt's first tokens are the same whatever its later messages say. No text of theirs has part in
     * the number: it is what two other conversations, with the same roles, have in common with the prompt.
     *
     * @param fixed how many leading messages count as the same
     */
    int fixedTokens(int[] prompt, List<ChatMessage> messages, int fixed) {
        int[] one = tokens(replaced(messages, fixed, "Aq"));
        int[] other = tokens(replaced(messages, fixed, "7 zx"));
        return Math.min(PromptCache.common(one, other), PromptCache.common(prompt, one));
    }

    private static List<ChatMessage> replaced(List<ChatMessage> messages, int fixed, String content) {
        List<ChatMessage> replaced = new ArrayList<>(messages.subList(0, fixed));
        for (ChatMessage message : messages.subList(fixed, messages.size())) {
            replaced.add(new ChatMessage(message.role(), content));
        }
        return replaced;
    }

    /** Tokens of the prompt, and of a text that goes on from it as the answer would. */
    int[] continued(List<ChatMessage> messages, String continuation) {
        List<PromptTokeniser.Part> parts = new ArrayList<>(writer.parts(messages));
        parts.add(new PromptTokeniser.Part(continuation, false));
        return tokeniser.tokens(parts);
    }

    /** The prompt as text. */
    String text(List<ChatMessage> messages) {
        StringBuilder text = new StringBuilder();
        writer.parts(messages).forEach(part -> text.append(part.text()));
        return text.toString();
    }
}
