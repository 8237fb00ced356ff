package org.cartulary.inference.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cartulary.inference.ChatMessage;
import org.cartulary.inference.ChatRequest;
import org.cartulary.inference.ChatStream;
import org.cartulary.inference.Generator;
import org.cartulary.inference.PromptReuse;
import org.cartulary.inference.Sampling;
import org.cartulary.inference.testing.Cache;
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
    private static final long SLACK_BYTES = 24L << 20;

    private final Random random = new Random(SEED);

    @Test
    void memoryOfWorkerAndMainProcessStaysFlat(@TempDir Path directory) throws Exception {
        try (InferenceWorkers workers = InferenceWorkers.start(config(directory))) {
            Generator generator = workers.generator();
            send(generator, WARM_UP);
            long worker = workerBytes(workers);
            long own = ownBytes();
            send(generator, REQUESTS - WARM_UP);
            assertThat(workers.status().getFirst().restarts()).isZero();
            assertThat(workerBytes(workers) - worker).isLessThan(SLACK_BYTES);
            assertThat(ownBytes() - own).isLessThan(SLACK_BYTES);
        }
    }

    private static InferenceConfig config(Path directory) throws IOException {
        return InferenceConfig.defaults(Cache.directory(), directory.resolve("run"))
                .withChat(TinyModel.in(directory.resolve("models")))
                .withEmbedding(null)
                .withThreads(1, 1)
                .withSizes(4096, 8, 64);
    }

    private void send(Generator generator, int count) throws Exception {
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ChatRequest request = request(random.nextInt(12));
            boolean leaves = random.nextInt(8) == 0;
            calls.add(() -> read(generator, request, leaves));
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

    private static long workerBytes(InferenceWorkers workers) {
        return workers.status().getFirst().memoryBytes();
    }

    private static long ownBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
