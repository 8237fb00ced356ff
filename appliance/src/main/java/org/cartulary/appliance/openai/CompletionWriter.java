package org.cartulary.appliance.openai;

import java.util.List;
import org.cartulary.appliance.api.AnswerView;
import org.cartulary.inference.Generated;
import org.cartulary.inference.TokenLogprob;
import org.jspecify.annotations.Nullable;

/** Makes the parts of one completion; all share its id, time, model and fingerprint. */
record CompletionWriter(
        String id,
        long createdSeconds,
        String model,
        @Nullable String fingerprint) {
    /** A text of the model, whole. */
    Completion whole(Generated generated, boolean withLogprobs) {
        return completion(
                "chat.completion",
                List.of(new Completion.Choice(
                        0,
                        new Completion.Message("assistant", generated.text()),
                        null,
                        withLogprobs ? LogprobsView.of(generated.logprobs()) : null,
                        FinishWords.of(generated.finish()))),
                Completion.Usage.of(generated),
                null);
    }

    /** An answer from documents, whole. */
    Completion whole(AnswerView answer) {
        return completion(
                "chat.completion",
                List.of(new Completion.Choice(
                        0, new Completion.Message("assistant", answer.answer()), null, null, "stop")),
                null,
                answer);
    }

    Completion first() {
        return chunk(new Completion.Message("assistant", ""), null, null);
    }

    Completion piece(String text) {
        return chunk(new Completion.Message(null, text), null, null);
    }

    Completion piece(String text, List<TokenLogprob> logprobs) {
        return chunk(new Completion.Message(null, text), logprobs.isEmpty() ? null : LogprobsView.of(logprobs), null);
    }

    Completion end(String finishReason) {
        return chunk(new Completion.Message(null, null), null, finishReason);
    }

    /** The last chunk before the end mark: no choice, but what the answer cost or rests on. */
    Completion last(Completion.@Nullable Usage usage, @Nullable AnswerView answer) {
        return completion("chat.completion.chunk", List.of(), usage, answer);
    }

    private Completion chunk(Completion.Message delta, @Nullable LogprobsView logprobs, @Nullable String finishReason) {
        return completion(
                "chat.completion.chunk",
                List.of(new Completion.Choice(0, null, delta, logprobs, finishReason)),
                null,
                null);
    }

    private Completion completion(
            String object,
            List<Completion.Choice> choices,
            Completion.@Nullable Usage usage,
            @Nullable AnswerView answer) {
        return new Completion(id, object, createdSeconds, model, fingerprint, choices, usage, answer);
    }
}
