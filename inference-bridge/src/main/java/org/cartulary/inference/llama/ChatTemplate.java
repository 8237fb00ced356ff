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
