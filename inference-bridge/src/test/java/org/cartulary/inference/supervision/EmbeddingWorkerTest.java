package org.cartulary.inference.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Refusal;
import org.cartulary.inference.testing.Cache;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The embedding worker as a process, with the embedder that set-up installs. */
@Timeout(120)
final class EmbeddingWorkerTest {
    private static final String SENTENCE = "Visitors sign the log at the front desk before they enter the ward.";

    private static InferenceWorkers workers;
    private static Embedder embedder;

    @BeforeAll
    static void startWorker(@TempDir Path directory) {
        workers = InferenceWorkers.start(InferenceConfig.defaults(Cache.directory(), directory)
                .withChat(null)
                .withThreads(1, 2));
        embedder = workers.embedder();
    }

    @AfterAll
    static void stopWorker() {
        workers.close();
    }

    @Test
    void saysWhatItIs() {
        assertThat(embedder.dimension()).isEqualTo(384);
        assertThat(embedder.maxTokens()).isEqualTo(512);
        assertThat(embedder.model().kernel()).contains("ONNX Runtime 1.28.0");
    }

    @Test
    void vectorsAreThoseOfTheOriginalModelWithinWhatEightBitsCost() throws IOException {
        float[] actual =
                embedder.embed(List.of(SENTENCE), Embedder.Input.PASSAGE).getFirst();
        assertThat(dot(actual, actual)).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-5));
        assertThat(dot(actual, original())).isGreaterThan(0.99);
    }

    @Test
    void aVectorDoesNotDependOnItsNeighboursNorOnTheTime() {
        float[] alone =
                embedder.embed(List.of(SENTENCE), Embedder.Input.PASSAGE).getFirst();
        List<float[]> together = embedder.embed(
                List.of("short", SENTENCE, "a much longer text ".repeat(40), SENTENCE), Embedder.Input.PASSAGE);
        assertThat(together.get(1)).containsExactly(alone);
        assertThat(together.get(3)).containsExactly(alone);
    }

    @Test
    void queriesGetTheirPrefix() {
        float[] query = embedder.embed(List.of(SENTENCE), Embedder.Input.QUERY).getFirst();
        float[] passage =
                embedder.embed(List.of(SENTENCE), Embedder.Input.PASSAGE).getFirst();
        assertThat(dot(query, passage)).isBetween(0.5, 0.999);
    }

    @Test
    void refusesATextBeyondTheWindowAndNamesIt() {
        assertThatThrownBy(() -> embedder.embed(List.of("fine", "ward ".repeat(511), "fine"), Embedder.Input.PASSAGE))
                .isInstanceOfSatisfying(
                        InferenceRefused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(new Refusal.TextTooLong(1, 513, 512)));
        assertThat(embedder.embed(List.of("ward ".repeat(510)), Embedder.Input.PASSAGE))
                .hasSize(1);
    }

    @Test
    void countsTokensWithoutSpecialOnes() {
        assertThat(embedder.countTokens(List.of("", "ward", "the ward round", "ward ".repeat(700))))
                .containsExactly(0, 1, 3, 700);
        assertThat(embedder.countTokens(List.of())).isEmpty();
    }

    @Test
    void takesTextsThatAreNoWords() {
        assertThat(embedder.embed(List.of("", "\0", "\ud800", "\ud83d\ude00"), Embedder.Input.PASSAGE))
                .hasSize(4)
                .allSatisfy(vector ->
                        assertThat(dot(vector, vector)).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-4)));
    }

    @Test
    void refusesNoneAndTooManyTexts() {
        assertThatThrownBy(() -> embedder.embed(List.of(), Embedder.Input.PASSAGE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> embedder.embed(Collections.nCopies(257, "a"), Embedder.Input.PASSAGE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void manyCallersGetTheirOwnVectors() throws Exception {
        List<String> texts = List.of("ward", "invoice", "permit", "syringe", "road");
        List<float[]> expected = embedder.embed(texts, Embedder.Input.PASSAGE);
        List<Callable<float[]>> calls = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String text = texts.get(i % texts.size());
            calls.add(
                    () -> embedder.embed(List.of(text), Embedder.Input.PASSAGE).getFirst());
        }
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<float[]>> answers = callers.invokeAll(calls);
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).containsExactly(expected.get(i % texts.size()));
            }
        }
    }

    private static float[] original() throws IOException {
        String name = "/org/cartulary/inference/onnx/" + embedder.model().sha256() + ".f32";
        try (InputStream in = EmbeddingWorkerTest.class.getResourceAsStream(name)) {
            assertThat(in).isNotNull();
            float[] vector = new float[384];
            ByteBuffer.wrap(in.readAllBytes())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(vector);
            return vector;
        }
    }

    private static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }
}
