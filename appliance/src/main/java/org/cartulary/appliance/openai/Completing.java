package org.cartulary.appliance.openai;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cartulary.appliance.asking.ModelReading;
import org.cartulary.appliance.asking.OpenQuestion;
import org.cartulary.appliance.asking.Presence;
import org.cartulary.appliance.asking.QuestionLog;
import org.cartulary.appliance.asking.RecordedGeneration;
import org.cartulary.appliance.settings.Settings;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.rights.ReadFilter;
import org.cartulary.inference.ChatMessage;
import org.cartulary.inference.FinishReason;
import org.cartulary.inference.Generated;
import org.cartulary.inference.Generator;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.ModelCard;

/** Bare completions: the model without documents, on record like any other question. Thread-safe. */
@Singleton
final class Completing {
    private final QuestionLog log;
    private final Generator generator;
    private final Settings settings;

    Completing(QuestionLog log, Generator generator, Settings settings) {
        this.log = log;
        this.generator = generator;
        this.settings = settings;
    }

    /**
     * Generates, handing out pieces as they come.
     *
     * @return the finished text with its cost, after its terminal entry is durable
     * @throws org.cartulary.appliance.asking.QuestionCancelled when nobody waits any more; on record as such
     */
    Generated complete(Principal by, CompletionRequest request, Presence presence, ModelReading.Listener listener) {
        Map<String, Object> asked = Map.of("question", request.question(), "parameters", parameters(request));
        return log.record(by, QuestionLog.Act.CHAT_COMPLETIONS, asked, question -> {
            ModelCard model = generator.model();
            recordPrompt(question, request, model.sha256());
            Generated generated = ModelReading.read(
                    generator,
                    model.sha256(),
                    request.toChatRequest(settings.answerDeadline()).from(presence.caller()),
                    presence,
                    listener);
            requireBegun(generated);
            question.end(EntryType.ANSWERED, "generated", recorded(model, request, generated));
            return generated;
        });
    }

    /** A deadline that passed in the queue is no short answer. What was cut off in the middle says so: {@code length}. */
    private void requireBegun(Generated generated) {
        if (generated.finish() == FinishReason.DEADLINE && generated.outputTokens() == 0) {
            throw new InferenceFailed("The model did not begin within "
                    + settings.answerDeadline().toSeconds()
                    + " s: ask again when fewer people ask, or raise cartulary.answer.deadline-seconds.");
        }
    }

    private static Map<String, Object> recorded(ModelCard model, CompletionRequest request, Generated generated) {
        return Map.of(
                "answer",
                generated.text(),
                "finish",
                generated.finish().name(),
                RecordedGeneration.FIELD,
                RecordedGeneration.of(model, request.sampling(), generated));
    }

    /** No passages: an empty filter says that nothing was read. */
    private void recordPrompt(OpenQuestion question, CompletionRequest request, String model) {
        question.retrieved(
                new ReadFilter(0, new TreeMap<>()),
                null,
                model,
                0,
                Map.of("prompt", prompt(request.messages()), "sampling", parameters(request)));
    }

    private static List<Map<String, Object>> prompt(List<ChatMessage> messages) {
        return messages.stream()
                .<Map<String, Object>>map(
                        message -> new TreeMap<>(Map.of("role", message.role().name(), "content", message.content())))
                .toList();
    }

    /** What is asked for besides the sampling, which the terminal entry keeps in full. */
    private static Map<String, Object> parameters(CompletionRequest request) {
        return new TreeMap<>(Map.of(
                "temperature", Float.toString(request.sampling().temperature()),
                "topP", Float.toString(request.sampling().topP()),
                "seed", Long.toString(request.sampling().seed()),
                "grammar", request.sampling().grammar() != null,
                "stop", request.stop(),
                "topLogprobs", request.topLogprobs(),
                "maxTokens", request.maxTokens()));
    }
}
