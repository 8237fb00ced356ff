package org.cartulary.inference;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

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

    /**
     * How likely the model finds each text as the beginning of its answer. The prompt is read once for all.
     *
     * @param messages the prompt, as for {@link #chat}
     * @param fixedMessages how many leading messages are fixed text, the same for everybody, read once for all callers
     * @param continuations 1 to 256 texts, none empty, of at most 512 tokens each
     * @param deadline time from the call until the last value
     * @return for each text, in order, the mean natural log-likelihood of its tokens; at most 0, higher is likelier
     * @throws InferenceRefused when the prompt or a text does not fit, or the queue is full
     * @throws InferenceFailed when the worker is not up, died, or the deadline passed
     */
    List<Double> scoreContinuations(
            List<ChatMessage> messages, int fixedMessages, List<String> continuations, Duration deadline);

    /**
     * Makes a recorded answer again in a lane of its own (one sequence, no reuse of what was read, a fixed number of
     * threads) and compares token by token.
     *
     * @param begun takes what ends the replay early, from any thread; the call fails then
     * @throws InferenceRefused when the tokens are not this model's or do not fit, or the queue is full
     * @throws InferenceFailed when the worker is not up, died, or the deadline passed
     */
    Replayed replay(ReplayRequest request, Consumer<Runnable> begun);
}
