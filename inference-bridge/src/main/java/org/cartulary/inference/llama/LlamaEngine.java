package org.cartulary.inference.llama;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.cartulary.inference.ChatMessage;
import org.cartulary.inference.ChatRequest;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.PromptReuse;
import org.cartulary.inference.Refusal;
import org.cartulary.inference.ReplayRequest;
import org.cartulary.inference.Replayed;
import org.jspecify.annotations.Nullable;

/**
 * A chat model at work: one thread owns its context, requests wait in a bounded queue, and all that are active share
 * each step. Thread-safe.
 */
public final class LlamaEngine implements AutoCloseable {
    private static final int BATCH_TOKENS = 512;
    private static final int OUTPUTS = 128;

    /** Fixed texts and conversations that are kept at a time. */
    private static final int KEPT_TEXTS = 24;

    private final LlamaModel model;
    private final ChatTemplate template;
    private final EngineSettings settings;
    private final String kernel;
    private final int windowTokens;
    private final Scheduler scheduler;

    private LlamaEngine(LlamaRuntime runtime, LlamaModel model, ChatTemplate template, EngineSettings settings) {
        this.model = model;
        this.template = template;
        this.settings = settings;
        this.kernel = runtime.kernel();
        this.windowTokens = Math.min(settings.windowTokens(), model.trainedContextTokens());
        int answers = Math.max(windowTokens, Math.min(settings.cacheTokens(), windowTokens * settings.sequences()));
        int cacheTokens = answers + ScoreJob.LANE_TOKENS;
        int lanesEnd = settings.sequences() + ScoreJob.LANES;
        // A running state cannot be cut back to where two texts part, so such models read every prompt whole.
        int kept = model.keepsState() ? 0 : KEPT_TEXTS;
        ContextShape shape = new ContextShape(cacheTokens, BATCH_TOKENS, lanesEnd + kept, OUTPUTS, settings.threads());
        LlamaContext context = new LlamaContext(model, shape);
        this.scheduler = new Scheduler(context, settings, cacheTokens, new PromptCache(context, lanesEnd, kept));
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
        return new LlamaEngine(runtime, model, chat, settings);
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
     * Queues an answer.
     *
     * @return what cancels it, and wakes it after its listener became ready again
     * @throws InferenceRefused when the prompt does not fit, the grammar cannot be used, or the queue is full
     */
    public Answer answer(ChatRequest request, AnswerListener listener) {
        PromptTokens prompt = prompt(request.messages(), request.caller(), request.reuse());
        requireRoom(prompt.length(), request.maxTokens());
        AnswerJob job = new AnswerJob(model, request, prompt, listener);
        scheduler.submit(job);
        return new Answer(job, scheduler);
    }

    /**
     * Mean log-likelihood of the tokens of each text as the beginning of the assistant's answer.
     *
     * @param fixedMessages how many leading messages are fixed text, the same for everybody
     * @param continuations 1 to 256 texts of at most 512 tokens each, none empty
     * @return the values, in order, natural logarithms, at most 0; exceptionally what went wrong; cancel it to end it
     * @throws InferenceRefused when a text or the prompt does not fit or the queue is full
     */
    public CompletableFuture<List<Double>> score(
            List<ChatMessage> messages, int fixedMessages, List<String> continuations, Duration deadline) {
        PromptTokens prompt = prompt(messages, "", new PromptReuse(fixedMessages, null));
        List<int[]> tokens = continuations.stream()
                .map(text -> continuation(messages, prompt.ids(), text))
                .toList();
        requireRoom(
                prompt.length(), tokens.stream().mapToInt(t -> t.length).max().orElse(0));
        CompletableFuture<List<Double>> result = new CompletableFuture<>();
        return submitted(
                new ScoreJob("", prompt, tokens, settings.sequences(), System.nanoTime() + deadline.toNanos(), result),
                result);
    }

    /**
     * Makes a recorded answer again, in a lane of its own.
     *
     * @return the grade; exceptionally what went wrong; cancel it to end it
     * @throws InferenceRefused when the record is not this model's or cannot be used, does not fit, or enough replays
     *     wait
     */
    public CompletableFuture<Replayed> replay(ReplayRequest request) {
        ReplayJob.requireKnown(request, model.vocabulary().size());
        requireRoom(request.prompt().size(), request.trace().output().size());
        CompletableFuture<Replayed> result = new CompletableFuture<>();
        long deadline = System.nanoTime() + request.deadline().toNanos();
        return submitted(new ReplayJob(model, request, settings.threads(), kernel, deadline, result), result);
    }

    /** Who cancels the result ends the job. */
    private <T> CompletableFuture<T> submitted(Job job, CompletableFuture<T> result) {
        scheduler.submit(job);
        var _ = result.whenComplete((value, fault) -> {
            if (result.isCancelled()) {
                scheduler.cancel(job);
            }
        });
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

    /** Fixed is what every prompt with these fixed messages begins with: no caller's text has part in that. */
    private PromptTokens prompt(List<ChatMessage> messages, String caller, PromptReuse reuse) {
        int[] ids = template.tokens(messages);
        int fixed = reuse.fixedMessages() == 0 ? 0 : template.fixedTokens(ids, messages, reuse.fixedMessages());
        String conversation = reuse.conversation();
        return new PromptTokens(ids, fixed, conversation == null ? null : new PromptCache.Owner(caller, conversation));
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
