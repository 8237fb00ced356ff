package org.cartulary.inference.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.Refusal;
import org.cartulary.inference.Reranker;
import org.cartulary.inference.models.ModelStore;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.testing.Cache;
import org.cartulary.inference.testing.TinyBert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The rerank worker as a process, with a tiny cross-encoder. */
@Timeout(120)
final class RerankWorkerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> PASSAGES =
            List.of("visitors log the ward", "the log", "", "\ud800\0\ud83d\ude00", "[SEP] [CLS]", "the log");

    private static InferenceWorkers workers;
    private static Reranker reranker;

    @BeforeAll
    static void startWorker(@TempDir Path directory) throws IOException {
        workers = InferenceWorkers.start(config(directory, TinyBert.reranker().in(directory)));
        reranker = workers.reranker().orElseThrow();
    }

    private static InferenceConfig config(Path directory, StoredModel model) {
        return InferenceConfig.defaults(Cache.directory(), directory)
                .with(ModelCard.Role.CHAT, null)
                .with(ModelCard.Role.EMBEDDING, null)
                .with(ModelCard.Role.RERANK, model)
                .withThreads(1, 2);
    }

    @AfterAll
    static void stopWorker() {
        workers.close();
    }

    @Test
    void scoresLieInZeroToOneInTheOrderOfThePassagesAndAreTheSameAgain() {
        List<Double> scores = reranker.rerank("who signs the log", PASSAGES, PATIENCE);
        assertThat(scores)
                .hasSize(PASSAGES.size())
                .allSatisfy(score -> assertThat(score).isBetween(0.0, 1.0));
        assertThat(scores.get(5)).isEqualTo(scores.get(1));
        assertThat(scores.get(0)).isNotEqualTo(scores.get(1));
        assertThat(reranker.rerank("who signs the log", PASSAGES, PATIENCE)).isEqualTo(scores);
        for (int i = 0; i < PASSAGES.size(); i++) {
            assertThat(reranker.rerank("who signs the log", List.of(PASSAGES.get(i)), PATIENCE))
                    .containsExactly(scores.get(i));
        }
    }

    @Test
    void refusesAPairBeyondTheWindowAndNamesIt() {
        String half = "ward ".repeat(TinyBert.WINDOW / 2);
        assertThatThrownBy(() -> reranker.rerank(half, List.of("ward", half), PATIENCE))
                .isInstanceOfSatisfying(
                        InferenceRefused.class,
                        refused -> assertThat(refused.refusal())
                                .isInstanceOfSatisfying(Refusal.PairTooLong.class, pair -> {
                                    assertThat(pair.index()).isEqualTo(1);
                                    assertThat(pair.tokens()).isGreaterThan(TinyBert.WINDOW);
                                    assertThat(pair.maxTokens()).isEqualTo(reranker.maxTokens());
                                }));
    }

    @Test
    void takes256PassagesAndRefusesNoneAndMore() {
        assertThat(reranker.rerank("log", Collections.nCopies(256, "ward"), PATIENCE))
                .hasSize(256)
                .containsOnly(reranker.rerank("log", List.of("ward"), PATIENCE).getFirst());
        assertThatThrownBy(() -> reranker.rerank("log", List.of(), PATIENCE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> reranker.rerank("log", Collections.nCopies(257, "a"), PATIENCE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDeadlineThatPassesEndsTheCall() {
        assertThatThrownBy(() -> reranker.rerank("log", List.of("ward"), Duration.ZERO))
                .isInstanceOf(InferenceFailed.class)
                .hasMessageContaining("deadline");
    }

    @Test
    void aKilledWorkerEndsItsCallsClearlyAndTheNextCallWorks() throws Exception {
        List<Double> before = reranker.rerank("log", PASSAGES, PATIENCE);
        try (ExecutorService caller = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch calling = new CountDownLatch(20);
            List<Future<List<Double>>> calls = Collections.nCopies(20, 0).stream()
                    .map(i -> caller.submit(() -> {
                        calling.countDown();
                        return reranker.rerank("log", Collections.nCopies(256, "ward ".repeat(55)), PATIENCE);
                    }))
                    .toList();
            assertThat(calling.await(1, TimeUnit.MINUTES)).isTrue();
            ProcessHandle.of(workers.status().getFirst().pid()).orElseThrow().destroyForcibly();
            // Whichever came to the worker before it was killed; the next one answers the rest.
            assertThat(calls.stream().map(RerankWorkerTest::failure).filter(Objects::nonNull))
                    .isNotEmpty()
                    .allSatisfy(failure -> assertThat(failure)
                            .isInstanceOf(InferenceFailed.class)
                            .hasMessageContaining("signal 9"));
        }
        assertThat(reranker.rerank("log", PASSAGES, PATIENCE)).isEqualTo(before);
    }

    private static @Nullable Throwable failure(Future<?> call) {
        try {
            call.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException e) {
            throw new IllegalStateException("The test was interrupted", e);
        }
    }

    @Test
    void whereNoneIsConfiguredThereIsNone(@TempDir Path directory) {
        try (InferenceWorkers own = InferenceWorkers.start(InferenceConfig.defaults(Cache.directory(), directory)
                .with(ModelCard.Role.CHAT, null)
                .with(ModelCard.Role.EMBEDDING, null))) {
            assertThat(own.reranker()).isEmpty();
        }
    }

    @Test
    void aCrossEncoderThatTellsPairsByTokenTypesIsNotServed(@TempDir Path directory) throws IOException {
        assertNotServed(TinyBert.reranker().tokenTypes(2).in(directory), directory, "token types");
    }

    @Test
    void anEmbedderIsNotServedAsAReranker(@TempDir Path directory) throws IOException {
        assertNotServed(TinyBert.embedder().in(directory), directory, "no classification head");
    }

    private static void assertNotServed(StoredModel model, Path directory, String why) throws IOException {
        Path manifest = model.directory().resolve("manifest.json");
        String text = Files.readString(manifest);
        Files.writeString(manifest, text.replace("\"role\":\"embedding\"", "\"role\":\"rerank\""));
        StoredModel asReranker = ModelStore.read(model.directory());
        try (InferenceWorkers own = InferenceWorkers.start(config(directory, asReranker))) {
            assertThatThrownBy(() -> own.reranker().orElseThrow().rerank("a", List.of("b"), PATIENCE))
                    .isInstanceOf(InferenceFailed.class)
                    .hasMessageContaining(why);
        }
    }
}
