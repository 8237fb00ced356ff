package org.cartulary.inference.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.PromptCacheStatus;
import org.cartulary.inference.Refusal;
import org.cartulary.inference.models.ModelManifest;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.onnx.EmbeddingShape;
import org.cartulary.inference.onnx.OnnxEmbeddingEngine;
import org.cartulary.inference.onnx.OnnxLibraries;
import org.cartulary.inference.onnx.SelfCheck;
import org.cartulary.inference.protocol.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Embeddings by ONNX Runtime. */
final class EmbeddingService implements RoleService {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddingService.class);

    private final StoredModel model;
    private final OnnxEmbeddingEngine engine;
    private final EmbeddingShape shape;
    private final TextPool pool;
    private final Replies replies;
    private final int queueLength;
    private final Semaphore places;
    private final Set<Long> cancelled = ConcurrentHashMap.newKeySet();
    private final Set<Long> running = ConcurrentHashMap.newKeySet();
    private final AtomicLong progress = new AtomicLong();

    private EmbeddingService(
            StoredModel model,
            OnnxEmbeddingEngine engine,
            EmbeddingShape shape,
            WorkerSettings settings,
            Replies replies) {
        this.model = model;
        this.engine = engine;
        this.shape = shape;
        this.pool = new TextPool(settings.threads());
        this.replies = replies;
        this.queueLength = settings.queueLength();
        this.places = new Semaphore(queueLength);
    }

    static EmbeddingService load(WorkerSettings settings, StoredModel model, Replies replies) {
        OnnxLibraries.use(Path.of(settings.libraries()));
        EmbeddingShape shape = shape(model.manifest());
        OnnxEmbeddingEngine engine = OnnxEmbeddingEngine.load(model.file(), model.tokenizer(), shape);
        SelfCheck.require(engine, model.manifest().sha256());
        return new EmbeddingService(model, engine, shape, settings, replies);
    }

    @Override
    public Message.Ready ready(long hashMillis, long loadMillis) {
        return new Message.Ready(
                model.card(engine.kernel(), shape.maxTokens()),
                shape.dimension(),
                shape.maxTokens(),
                hashMillis,
                loadMillis);
    }

    @Override
    public void handle(long request, Message message) {
        switch (message) {
            case Message.Embed embed -> embed(request, embed);
            case Message.CountTokens count ->
                replies.sendLater(
                        request,
                        () -> new Message.Counts(
                                count.texts().stream().map(engine::countTokens).toList()));
            case Message.Cancel cancel -> {
                if (running.contains(request)) {
                    cancelled.add(request);
                }
            }
            default -> replies.fail(request, new UnsupportedOperationException("An embedder cannot do this."));
        }
    }

    @Override
    public Message.Beat beat() {
        int taken = queueLength - places.availablePermits();
        return new Message.Beat(
                progress.get(), taken > 0, taken, 0, pool.tokensPerSecond(), 0, PromptCacheStatus.NOTHING);
    }

    @Override
    public void drain(Duration patience) {
        try {
            if (!places.tryAcquire(queueLength, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Some texts were not embedded within {}", patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void embed(long request, Message.Embed embed) {
        if (!places.tryAcquire()) {
            replies.send(request, new Message.Refused(new Refusal.QueueFull(queueLength, Duration.ofSeconds(1))));
            return;
        }
        running.add(request);
        long deadline =
                System.nanoTime() + Duration.ofMillis(embed.deadlineMillis()).toNanos();
        Thread.ofVirtual().name("embed-" + request).start(() -> {
            try {
                replies.send(request, () -> new Message.Vectors(vectors(request, embed, deadline)));
            } finally {
                running.remove(request);
                cancelled.remove(request);
                places.release();
            }
        });
    }

    /** All texts are measured before the first is embedded, so that a refusal costs nothing. */
    private List<float[]> vectors(long request, Message.Embed embed, long deadline) {
        List<long[]> tokens = new ArrayList<>();
        for (int i = 0; i < embed.texts().size(); i++) {
            tokens.add(engine.tokenise(i, embed.texts().get(i), embed.input()));
        }
        return pool.all(tokens, embed.input(), ids -> {
            if (cancelled.contains(request)) {
                throw new InferenceRefused(new Refusal.BadRequest("The request was cancelled."));
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new IllegalStateException(
                        "The texts could not be embedded before the deadline: allow more time or send fewer.");
            }
            float[] vector = engine.embed(ids);
            progress.incrementAndGet();
            return vector;
        });
    }

    private static EmbeddingShape shape(ModelManifest manifest) {
        return new EmbeddingShape(
                Objects.requireNonNull(manifest.dimension(), "dimension"),
                Objects.requireNonNull(manifest.maxTokens(), "maxTokens"),
                Boolean.TRUE.equals(manifest.normalise()),
                Objects.requireNonNullElse(manifest.queryPrefix(), ""),
                Objects.requireNonNullElse(manifest.passagePrefix(), ""));
    }
}
