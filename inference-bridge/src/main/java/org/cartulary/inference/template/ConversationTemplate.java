package org.cartulary.inference.template;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cartulary.inference.ChatMessage;
import org.cartulary.inference.ChatMessage.Role;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Refusal;
import org.cartulary.inference.template.TemplateRefused.Reason;

/**
 * A model's own chat template, ready to make prompts of conversations as Hugging Face's {@code apply_chat_template} does
 * with {@code add_generation_prompt}. Thread-safe.
 *
 * <p>A template without a place for a system message gets its text before the first question, with an empty line
 * between, which is what Gemma 3's and Mistral's templates do themselves. Any other message that the template leaves out
 * is refused: a prompt never lacks in silence what it was given.
 */
public final class ConversationTemplate {
    /** Answers come from passages and are read by people who wait: a model that can think aloud first is told not to. */
    public static final boolean THINKING = false;

    private static final String ASK = "Qw7e question";
    private static final String RULE = "Zx9c rule";
    private static final String REPLY = "Vb4n answer";
    private static final String THOUGHT_END = "</think>";

    private final JinjaTemplate template;
    private final String beginning;
    private final String end;
    private final Clock clock;
    private final TemplateTraits traits;

    private ConversationTemplate(String jinja, String beginning, String end, Clock clock) {
        this.template = JinjaTemplate.parse(jinja);
        this.beginning = beginning;
        this.end = end;
        this.clock = clock;
        this.traits = new TemplateTraits(
                takes(List.of(message(Role.SYSTEM, RULE), message(Role.USER, ASK))),
                takes(List.of(message(Role.USER, ASK), message(Role.ASSISTANT, REPLY), message(Role.USER, ASK))),
                jinja.contains("enable_thinking"),
                jinja.contains("strftime_now"));
    }

    /**
     * Reads a template, and tries it on small conversations.
     *
     * @param jinja its source
     * @param beginning the text of the model's token that begins a prompt, {@code bos_token}; empty where it has none
     * @param end the text of its token that ends an answer, {@code eos_token}
     * @param clock for templates that write the day: with a fixed one the same messages give the same prompt
     * @throws TemplateRefused when it cannot be used; the message says why and what to do
     */
    public static ConversationTemplate of(String jinja, String beginning, String end, Clock clock) {
        try {
            ConversationTemplate template = new ConversationTemplate(jinja, beginning, end, clock);
            List<ChatMessage> question = List.of(message(Role.USER, ASK));
            if (!hasPlaces(template.raw(question), question)) {
                throw TemplateRefused.fault("it does not write the user's message");
            }
            return template;
        } catch (TemplateRefused e) {
            throw new TemplateRefused(
                    e.reason(),
                    "The chat template cannot be used: " + e.getMessage()
                            + ". Name one that is built in, in the model's manifest (\"template\": \"chatml\"), or correct"
                            + " the one in the model file.");
        }
    }

    /** What it can do. */
    public TemplateTraits traits() {
        return traits;
    }

    /**
     * The prompt that ends where the assistant's answer begins.
     *
     * @throws InferenceRefused when the messages are longer than a prompt may be, the template has no place for one of
     *     them, or refuses their order
     */
    public Rendering render(List<ChatMessage> messages) {
        long characters = messages.stream()
                .mapToLong(message -> message.content().length())
                .sum();
        if (characters > Budget.MAX_TEXT) {
            throw new InferenceRefused(new Refusal.ConversationTooLong(characters, Budget.MAX_TEXT));
        }
        List<ChatMessage> turns = traits.system() ? messages : folded(messages);
        try {
            Text prompt = raw(turns);
            requirePlaces(prompt, turns);
            return Rendering.of(prompt);
        } catch (TemplateRefused e) {
            throw refused(
                    switch (e.reason()) {
                        case RAISED -> "The model's chat template does not take this conversation: " + e.getMessage();
                        // It wrote small conversations within its limits, so it is this one that is long.
                        case LIMIT ->
                            "The model's chat template cannot write a conversation of " + characters + " characters: "
                                    + e.getMessage() + ". Shorten it.";
                        case SYNTAX, FAULT ->
                            "The model's chat template cannot write this conversation: " + e.getMessage() + ".";
                    });
        }
    }

    private static List<ChatMessage> folded(List<ChatMessage> messages) {
        boolean folds = messages.size() > 1
                && messages.getFirst().role() == Role.SYSTEM
                && messages.get(1).role() == Role.USER;
        if (!folds) {
            return messages;
        }
        List<ChatMessage> turns = new ArrayList<>(messages.subList(1, messages.size()));
        String rule = messages.getFirst().content();
        String question = turns.getFirst().content();
        turns.set(0, message(Role.USER, rule.isBlank() ? question : rule + "\n\n" + question));
        return turns;
    }

    private boolean takes(List<ChatMessage> messages) {
        try {
            return hasPlaces(raw(messages), messages);
        } catch (TemplateRefused e) {
            if (e.reason() == Reason.LIMIT) {
                throw e;
            }
            return false;
        }
    }

    private Text raw(List<ChatMessage> messages) {
        Map<String, Object> variables = new HashMap<>();
        variables.put(
                "messages", messages.stream().map(ConversationTemplate::turn).toList());
        variables.put("tools", None.NONE);
        variables.put("documents", None.NONE);
        variables.put("add_generation_prompt", true);
        variables.put("enable_thinking", THINKING);
        variables.put("bos_token", beginning);
        variables.put("eos_token", end);
        return template.render(variables, clock);
    }

    private static Map<String, Object> turn(ChatMessage message) {
        return Map.of(
                "role", message.role().name().toLowerCase(Locale.ROOT), "content", Text.caller(message.content()));
    }

    private static boolean hasPlaces(Text prompt, List<ChatMessage> messages) {
        return messages.stream().allMatch(message -> prompt.value().contains(core(message)));
    }

    private static void requirePlaces(Text prompt, List<ChatMessage> messages) {
        for (int i = 0; i < messages.size(); i++) {
            if (!prompt.value().contains(core(messages.get(i)))) {
                throw refused("The model's chat template has no place for message " + i + " with the role "
                        + messages.get(i).role() + ": put its text into a user message.");
            }
        }
    }

    /** What must stand in the prompt: templates may drop white space at the ends and an earlier answer's thoughts. */
    private static String core(ChatMessage message) {
        String content = message.content();
        int thoughts = message.role() == Role.ASSISTANT ? content.lastIndexOf(THOUGHT_END) : -1;
        String said = thoughts < 0 ? content : content.substring(thoughts + THOUGHT_END.length());
        return TextMethods.strip(Text.own(said), true, true).value();
    }

    private static ChatMessage message(Role role, String content) {
        return new ChatMessage(role, content);
    }

    private static InferenceRefused refused(String why) {
        return new InferenceRefused(new Refusal.BadRequest(why));
    }
}
