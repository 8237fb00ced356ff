package org.cartulary.inference;

import java.util.List;

/** A chat model. Thread-safe. */
public interface Generator {
    /** The model that answers now. */
    ModelCard model();

    /**
     * Starts an answer.
     *
     * @throws InferenceRefused when the prompt does not fit, a parameter is unusable, or the queue is full
     * @throws InferenceFailed when the worker is not up
     */
    ChatStream chat(ChatRequest request);

    /**
     * Tokens of each text in the model's own vocabulary, without special tokens; one call to the worker for all.
     *
     * @return one count for each text, in order
     */
    List<Integer> countTokens(List<String> texts);

    /** Tokens of the prompt that these messages become under the model's template. */
    int countPromptTokens(List<ChatMessage> messages);
}
