package org.cartulary.inference.llama;

import java.time.Clock;
import java.util.List;
import org.cartulary.inference.ChatMessage;
import org.cartulary.inference.template.ConversationTemplate;
import org.cartulary.inference.template.TemplateRefused;

/** The Jinja template that a model brought along. */
final class OwnTemplate implements PromptWriter {
    private final ConversationTemplate template;

    /**
     * Reads and tries the template.
     *
     * @throws LlamaUnavailable when it cannot be used
     */
    OwnTemplate(Vocabulary vocabulary, String jinja, Clock clock) {
        try {
            this.template = ConversationTemplate.of(jinja, vocabulary.beginningText(), vocabulary.endText(), clock);
        } catch (TemplateRefused e) {
            throw new LlamaUnavailable(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public List<PromptTokeniser.Part> parts(List<ChatMessage> messages) {
        return template.render(messages).stretches().stream()
                .map(stretch -> new PromptTokeniser.Part(stretch.text(), stretch.fromTemplate()))
                .toList();
    }
}
