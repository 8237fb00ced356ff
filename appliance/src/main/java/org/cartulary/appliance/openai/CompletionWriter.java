package org.cartulary.appliance.openai;

import java.util.List;
import org.cartulary.appliance.api.AnswerView;
import org.jspecify.annotations.Nullable;

/** Makes the parts of one completion; all share its id, time and model. */
record CompletionWriter(String id, long createdSeconds, String model) {
    Completion whole(String text, String finishReason, Completion.@Nullable Usage usage, @Nullable AnswerView answer) {
        Completion.Choice choice =
                new Completion.Choice(0, new Completion.Message("assistant", text), null, finishReason);
        return new Completion(id, "chat.completion", createdSeconds, model, List.of(choice), usage, answer);
    }

    Completion first() {
        return chunk(new Completion.Message("assistant", ""), null);
    }

    Completion piece(String text) {
        return chunk(new Completion.Message(null, text), null);
    }

    Completion end(String finishReason) {
        return chunk(new Completion.Message(null, null), finishReason);
    }

    /** The last chunk before the end mark: no choice, but what the answer rests on. */
    Completion last(Completion.@Nullable Usage usage, @Nullable AnswerView answer) {
        return new Completion(id, "chat.completion.chunk", createdSeconds, model, List.of(), usage, answer);
    }

    private Completion chunk(Completion.Message delta, @Nullable String finishReason) {
        Completion.Choice choice = new Completion.Choice(0, null, delta, finishReason);
        return new Completion(id, "chat.completion.chunk", createdSeconds, model, List.of(choice), null, null);
    }
}
