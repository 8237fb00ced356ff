package org.cartulary.inference.supervision;

import java.time.Duration;
import java.util.List;
import org.cartulary.inference.ChatMessage;
import org.cartulary.inference.ChatRequest;
import org.cartulary.inference.ChatStream;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Sampling;
import org.cartulary.inference.models.ModelRefused;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.process.FreeMemory;

/** Loads a model in a worker of its own and lets it do a little, so that one that crashes does so before it serves. */
final class TrialLoad {
    /** Enough for a template with a long preamble of its own. */
    private static final int WINDOW_TOKENS = 1024;

    private static final String SENTENCE = "Visitors sign the register at the front desk.";
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private final WorkerPool workers;
    private final Launch launch;

    TrialLoad(WorkerPool workers, InferenceConfig config, StoredModel model) {
        this.workers = workers;
        this.launch = new Launch(config.withSizes(WINDOW_TOKENS, 1, 4), model);
    }

    /** @throws ModelRefused when the model does not load, crashes, or does nothing; the message says why */
    void run() {
        requireMemory();
        WorkerSupervisor worker = workers.start(launch);
        try {
            worker.awaitReady(1);
            work(new ModelSlot(launch.role(), worker, null, DEADLINE));
        } catch (InferenceFailed | InferenceRefused e) {
            throw new ModelRefused(
                    "The model " + launch.model().manifest().name() + " was loaded for a trial and failed: "
                            + worker.failure().orElse(String.valueOf(e.getMessage())),
                    e);
        } finally {
            workers.end(worker);
        }
    }

    private void requireMemory() {
        long needed = MemoryNeed.of(launch.model(), launch.config().sizes());
        long free = FreeMemory.bytes();
        if (needed > free) {
            throw new ModelRefused("A trial of " + launch.model().manifest().name() + " needs about "
                    + needed / 1_000_000 + " MB of memory, but " + free / 1_000_000
                    + " MB are free beside what serves now: free memory, or import it untried (--untried).");
        }
    }

    private void work(ModelSlot slot) {
        switch (launch.role()) {
            case CHAT -> chat(new WorkerGenerator(slot));
            case EMBEDDING -> embed(new WorkerEmbedder(slot));
            case RERANK -> rank(new WorkerReranker(slot));
        }
    }

    private static void chat(WorkerGenerator generator) {
        if (generator.countTokens(List.of(SENTENCE)).getFirst() < 1) {
            throw new InferenceFailed("It finds no token in a sentence.");
        }
        ChatRequest request = new ChatRequest(
                List.of(new ChatMessage(ChatMessage.Role.USER, SENTENCE)), Sampling.GREEDY, List.of(), 4, DEADLINE);
        try (ChatStream answer = generator.chat(request)) {
            String piece = answer.next();
            while (piece != null) {
                piece = answer.next();
            }
            if (answer.result().promptTokens() < 1) {
                throw new InferenceFailed("Its prompt has no tokens.");
            }
        }
    }

    private static void rank(WorkerReranker reranker) {
        double score = reranker.rerank(SENTENCE, List.of(SENTENCE), DEADLINE).getFirst();
        if (!Double.isFinite(score)) {
            throw new InferenceFailed("It gives a passage no usable score.");
        }
    }

    private static void embed(WorkerEmbedder embedder) {
        float[] vector =
                embedder.embed(List.of(SENTENCE), Embedder.Input.PASSAGE).getFirst();
        double squares = 0;
        for (float value : vector) {
            squares += value * value;
        }
        if (vector.length != embedder.dimension() || !Double.isFinite(squares) || squares == 0) {
            throw new InferenceFailed("It embeds a sentence as no usable vector.");
        }
    }
}
