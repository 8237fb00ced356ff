package org.cartulary.inference.llama;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.cartulary.inference.ChatMessage;
import org.cartulary.inference.ChatRequest;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * A chat model at work: one thread owns its context, requests wait in a bounded queue, and all that are active share
 * each step. Thread-safe.
 */
public final class LlamaEngine implements AutoCloseable {
    private static final int BATCH_TOKENS = 512;
    private static final int OUTPUTS = 128;

    private final LlamaModel model;
    private final ChatTemplate template;
    private final EngineSettings settings;
    private final int windowTokens;
    private final Scheduler scheduler;

    private LlamaEngine(LlamaModel model, ChatTemplate template, EngineSettings settings, int windowTokens) {
        this.model = model;
        this.template = template;
        this.settings = settings;
        this.windowTokens = windowTokens;
        // Two full windows: one long conversation never keeps all others out.
        int cacheTokens = windowTokens * Math.min(2, settings.sequences()) + ScoreJob.LANE_TOKENS;
        ContextShape shape = new ContextShape(
                cacheTokens, BATCH_TOKENS, settings.sequences() + ScoreJob.LANES, OUTPUTS, settings.threads());
        this.scheduler = new Scheduler(new LlamaContext(model, shape), settings, cacheTokens);
    }

    /**
     * Loads a model and starts its engine.
     *
     * @param template name or text of the chat template, or null for the one in the file
     * @throws LlamaUnavailable when the model, its template or its context cannot be used
     */
    public static LlamaEngine start(
            LlamaRuntime runtime, Path file, @Nullable String template, EngineSettings settings) {
        LlamaModel model = LlamaModel.load(runtime, file);
        String source = template == null ? model.chatTemplate() : template;
        if (source == null) {
            throw new LlamaUnavailable("The model " + file
                    + " has no chat template: name one in its manifest (\"template\": \"chatml\").");
        }
        ChatTemplate chat = new ChatTemplate(model.functions(), model.vocabulary(), source);
        int window = Math.min(settings.windowTokens(), model.trainedContextTokens());
        return new LlamaEngine(model, chat, settings, window);
    }

    /** Longest prompt and answer together. */
    public int windowTokens() {
        return windowTokens;
    }

    /** The prompt that these messages become, as text. */
    public String promptText(List<ChatMessage> messages) {
        return template.text(messages);
    }

    /** Tokens of the prompt that these messages become. */
    public int countPromptTokens(List<ChatMessage> messages) {
        return template.tokens(messages).length;
    }

    /** Tokens of each text, without special ones. */
    public List<Integer> countTokens(List<String> texts) {
        return texts.stream()
                .map(text -> model.vocabulary().tokenise(text).length)
                .toList();
    }

    /**
     * Queues an answer. Its grammar is checked when its turn comes.
     *
     * @return what cancels it, and wakes it after its listener became ready again
     * @throws InferenceRefused when the prompt does not fit or the queue is full
     */
    public Answer answer(ChatRequest request, AnswerListener listener) {
        int[] prompt = template.tokens(request.messages());
        requireRoom(prompt.length, request.maxTokens());
        AnswerJob job = new AnswerJob(model, request, prompt, listener);
        scheduler.submit(job);
        return new Answer(job, scheduler);
    }

    /**
     * Mean log-likelihood of the tokens of each text as the beginning of the assistant's answer.
     *
     * @param continuations 1 to 256 texts of at most 512 tokens each, none empty
     * @return the values, in order, natural logarithms, at most 0; exceptionally what went wrong
     * @throws InferenceRefused when a text or the prompt does not fit or the queue is full
     */
    public CompletableFuture<List<Double>> score(
            List<ChatMessage> messages, List<String> continuations, Duration deadline) {
        int[] prompt = template.tokens(messages);
        List<int[]> tokens = continuations.stream()
                .map(text -> continuation(messages, prompt, text))
                .toList();
        requireRoom(prompt.length, tokens.stream().mapToInt(t -> t.length).max().orElse(0));
        CompletableFuture<List<Double>> result = new CompletableFuture<>();
        scheduler.submit(
                new ScoreJob(prompt, tokens, settings.sequences(), System.nanoTime() + deadline.toNanos(), result));
        return result;
    }

    /** How the engine is doing. */
    public EngineStatus status() {
        return scheduler.status();
    }

    /** Takes no more requests, and waits until those that it has are done or the time is over. */
    public boolean drain(Duration patience) {
        return scheduler.drain(patience);
    }

    /** Ends what runs, and frees the model. */
    @Override
    public void close() {
        scheduler.close();
        model.close();
    }

    private void requireRoom(int promptTokens, int maxTokens) {
        if (promptTokens + maxTokens > windowTokens) {
            throw new InferenceRefused(new Refusal.PromptTooLong(promptTokens, maxTokens, windowTokens));
        }
    }

    /** The tokens that a text adds to the prompt; its first may join with the prompt's last plain text. */
    private int[] continuation(List<ChatMessage> messages, int[] prompt, String text) {
        int[] whole = template.continued(messages, text);
        boolean extendsPrompt =
                whole.length > prompt.length && Arrays.equals(prompt, 0, prompt.length, whole, 0, prompt.length);
        int[] tokens = extendsPrompt
                ? Arrays.copyOfRange(whole, prompt.length, whole.length)
                : model.vocabulary().tokenise(text);
        if (tokens.length == 0 || tokens.length > ScoreJob.LANE_TOKENS) {
            throw new InferenceRefused(new Refusal.BadRequest("A text to score has " + tokens.length + " tokens; 1 to "
                    + ScoreJob.LANE_TOKENS + " are possible."));
        }
        return tokens;
    }
}
