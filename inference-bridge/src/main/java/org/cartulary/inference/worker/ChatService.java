package org.cartulary.inference.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.cartulary.inference.llama.EngineSettings;
import org.cartulary.inference.llama.EngineStatus;
import org.cartulary.inference.llama.LlamaEngine;
import org.cartulary.inference.llama.LlamaRuntime;
import org.cartulary.inference.models.GgufHeader;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.protocol.Message;
import org.jspecify.annotations.Nullable;

/** Chat by llama.cpp. */
final class ChatService implements RoleService {
    private final StoredModel model;
    private final LlamaRuntime runtime;
    private final LlamaEngine engine;
    private final Replies replies;
    private final Map<Long, AnswerStream> answers = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<?>> computations = new ConcurrentHashMap<>();

    private ChatService(StoredModel model, LlamaRuntime runtime, LlamaEngine engine, Replies replies) {
        this.model = model;
        this.runtime = runtime;
        this.engine = engine;
        this.replies = replies;
    }

    static ChatService load(WorkerSettings settings, StoredModel model, Replies replies) {
        GgufHeader header = GgufHeader.read(model.file());
        LlamaRuntime runtime = LlamaRuntime.open(Path.of(settings.libraries()));
        EngineSettings engine = new EngineSettings(
                settings.contextTokens(),
                KeyValueCache.affordableTokens(header),
                settings.sequences(),
                settings.queueLength(),
                settings.threads());
        return new ChatService(
                model, runtime, LlamaEngine.start(runtime, model.file(), template(model), engine), replies);
    }

    @Override
    public Message.Ready ready(long hashMillis, long loadMillis) {
        return new Message.Ready(
                model.card(runtime.kernel(), engine.windowTokens()), 0, engine.windowTokens(), hashMillis, loadMillis);
    }

    @Override
    public void handle(long request, Message message) {
        switch (message) {
            case Message.Chat chat -> answer(request, chat);
            case Message.Score score ->
                later(
                        request,
                        () -> engine.score(
                                score.messages(),
                                score.fixedMessages(),
                                score.continuations(),
                                Duration.ofMillis(score.deadlineMillis())),
                        Message.Scores::new);
            case Message.Replay replay -> later(request, () -> engine.replay(replay.request()), Message.Compared::new);
            case Message.CountTokens count ->
                replies.sendLater(request, () -> new Message.Counts(engine.countTokens(count.texts())));
            case Message.CountPrompt count ->
                replies.sendLater(
                        request,
                        () -> new Message.Counts(java.util.List.of(engine.countPromptTokens(count.messages()))));
            case Message.Credit credit -> resume(request, credit.credits());
            case Message.Cancel cancel -> cancel(request);
            default -> replies.fail(request, new UnsupportedOperationException("A chat worker cannot do this."));
        }
    }

    @Override
    public Message.Beat beat() {
        EngineStatus status = engine.status();
        if (status.fault() != null) {
            replies.abandon(status.fault());
        }
        return new Message.Beat(
                status.steps(),
                status.busy(),
                status.active(),
                status.waiting(),
                status.prefillTokensPerSecond(),
                status.decodeTokensPerSecond(),
                status.promptCache());
    }

    @Override
    public void drain(Duration patience) {
        engine.drain(patience);
    }

    /** The stream is known at once, so that a cancel which comes before the answer is begun finds it. */
    private void answer(long request, Message.Chat chat) {
        AnswerStream stream = new AnswerStream(request, chat.credits(), replies, () -> answers.remove(request));
        answers.put(request, stream);
        replies.sendLater(request, () -> begin(request, chat, stream));
    }

    private Message begin(long request, Message.Chat chat, AnswerStream stream) {
        try {
            stream.begun(engine.answer(chat.request(), stream));
            return new Message.Accepted();
        } catch (RuntimeException e) {
            answers.remove(request);
            throw e;
        }
    }

    /** Begins work on another thread, and replies when the engine has done it; a cancel reaches it at any time. */
    private <T> void later(long request, Supplier<CompletableFuture<T>> work, Function<T, Message> reply) {
        CompletableFuture<T> result = new CompletableFuture<>();
        computations.put(request, result);
        var _ = result.whenComplete((value, fault) -> {
            computations.remove(request);
            if (fault == null) {
                replies.send(request, reply.apply(value));
            } else {
                replies.fail(request, fault);
            }
        });
        replies.later(() -> {
            try {
                compute(result, work);
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
    }

    private static <T> void compute(CompletableFuture<T> result, Supplier<CompletableFuture<T>> work) {
        if (result.isCancelled()) {
            return;
        }
        CompletableFuture<T> computation = work.get();
        var _ = computation.whenComplete((value, fault) -> {
            if (fault == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(fault);
            }
        });
        var _ = result.whenComplete((value, fault) -> computation.cancel(false));
    }

    private void resume(long request, int credits) {
        AnswerStream stream = answers.get(request);
        if (stream != null) {
            stream.grant(credits);
        }
    }

    private void cancel(long request) {
        AnswerStream stream = answers.get(request);
        if (stream != null) {
            stream.cancel();
        }
        CompletableFuture<?> computation = computations.get(request);
        if (computation != null) {
            computation.cancel(false);
        }
    }

    private static @Nullable String template(StoredModel model) {
        String template = model.manifest().template();
        return template == null || template.equals("model") ? null : template;
    }
}
