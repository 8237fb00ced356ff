package org.cartulary.inference.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.cartulary.inference.ChatMessage;
import org.cartulary.inference.ChatRequest;
import org.cartulary.inference.ChatStream;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.Generator;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.PromptReuse;
import org.cartulary.inference.Reranker;
import org.cartulary.inference.Sampling;
import org.cartulary.inference.testing.Cache;
import org.cartulary.inference.testing.TinyBert;
import org.cartulary.inference.testing.TinyModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of requests of every kind, and no more memory at the end than after the first few hundred. */
@Timeout(900)
final class SoakTest {
    private static final int SEED = 20261122;
    private static final boolean LONG = Boolean.getBoolean("cartulary.long");
    private static final int WARM_UP = LONG ? 1500 : 150;
    private static final int REQUESTS = LONG ? 5000 : 250;

    /** What allocators keep for themselves, and garbage not collected yet. */
    private static final long SLACK_BYTES = 16L << 20;

    private final Random random = new Random(SEED);

    @Test
    void memoryOfWorkerAndMainProcessStaysFlat(@TempDir Path directory) throws Exception {
        try (InferenceWorkers workers = InferenceWorkers.start(config(directory))) {
            send(workers, WARM_UP);
            Map<ModelCard.Role, Long> before = workerBytes(workers);
            long own = ownBytes();
            send(workers, REQUESTS - WARM_UP);
            assertThat(workers.status()).hasSize(3).allMatch(worker -> worker.restarts() == 0);
            assertThat(workerBytes(workers))
                    .allSatisfy((role, bytes) -> assertThat(bytes - before.getOrDefault(role, 0L))
                            .as("growth of the %s worker", role)
                            .isLessThan(SLACK_BYTES));
            assertThat(ownBytes() - own).isLessThan(SLACK_BYTES);
        }
    }

    private static InferenceConfig config(Path directory) throws IOException {
        return InferenceConfig.defaults(Cache.directory(), directory.resolve("run"))
                .withChat(TinyModel.in(directory.resolve("models")))
                .withEmbedding(TinyBert.embedder().in(directory.resolve("models")))
                .with(ModelCard.Role.RERANK, TinyBert.reranker().in(directory.resolve("models")))
                .withThreads(1, 1)
                .withSizes(4096, 8, 64);
    }

    /** Answers, and beside each a vector and a score. */
    private void send(InferenceWorkers workers, int count) throws Exception {
        Generator generator = workers.generator();
        Embedder embedder = workers.embedder();
        Reranker reranker = workers.reranker().orElseThrow();
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ChatRequest request = request(random.nextInt(12));
            boolean leaves = random.nextInt(8) == 0;
            List<String> texts = List.of("the ward", "visitors log " + "x".repeat(random.nextInt(30)));
            calls.add(() -> read(generator, request, leaves));
            calls.add(() -> embedder.embed(texts, Embedder.Input.PASSAGE).size());
            calls.add(() ->
                    reranker.rerank("the log", texts, Duration.ofSeconds(60)).size());
        }
        try (ExecutorService callers = Executors.newFixedThreadPool(16)) {
            int read = 0;
            for (Future<Integer> call : callers.invokeAll(calls)) {
                read += call.get();
            }
            assertThat(read).isPositive();
        }
    }

    private ChatRequest request(int caller) {
        List<ChatMessage> messages = List.of(
                new ChatMessage(ChatMessage.Role.SYSTEM, "the ward keeps rules "),
                new ChatMessage(ChatMessage.Role.USER, "x".repeat(random.nextInt(200)) + caller));
        String grammar = random.nextInt(5) == 0 ? "root ::= [a-z ]{5,20}" : null;
        Sampling sampling = new Sampling(random.nextFloat(), 0.9f, 0.02f, 1.1f, random.nextLong(), grammar);
        return new ChatRequest(messages, sampling, List.of("zz"), 1 + random.nextInt(20), Duration.ofSeconds(60))
                .from("caller" + caller)
                .reusing(new PromptReuse(1, random.nextBoolean() ? "c" : null));
    }

    private static int read(Generator generator, ChatRequest request, boolean leaves) {
        int pieces = 0;
        try (ChatStream stream = generator.chat(request)) {
            while (!(leaves && pieces == 2) && stream.next() != null) {
                pieces++;
            }
        }
        return pieces;
    }

    private static Map<ModelCard.Role, Long> workerBytes(InferenceWorkers workers) {
        return workers.status().stream().collect(Collectors.toMap(WorkerStatus::role, WorkerStatus::memoryBytes));
    }

    private static long ownBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
