package org.cartulary.inference.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.cartulary.inference.Embedder;
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

    private static float[] original() throws IOException {
        String name = "/org/cartulary/inference/embedding/" + embedder.model().sha256() + ".f32";
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
