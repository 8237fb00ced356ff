package org.cartulary.inference.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.cartulary.inference.ChatMessage;
import org.cartulary.inference.ChatRequest;
import org.cartulary.inference.ChatStream;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.FinishReason;
import org.cartulary.inference.Sampling;
import org.cartulary.inference.testing.Cache;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The models that set-up installs, end to end. */
final class DefaultModelsTest {
    private static final List<ChatMessage> QUESTION = List.of(
            new ChatMessage(ChatMessage.Role.SYSTEM, "You answer in one short sentence."),
            new ChatMessage(ChatMessage.Role.USER, "What is the capital of France?"));

    private static InferenceWorkers workers;

    @BeforeAll
    static void startWorkers(@TempDir Path sockets) {
        workers = InferenceWorkers.start(InferenceConfig.defaults(Cache.directory(), sockets));
    }

    @AfterAll
    static void stopWorkers() {
        workers.close();
    }

    @Test
    void theChatModelAnswersAPlainQuestionInPieces() {
        StringBuilder text = new StringBuilder();
        try (ChatStream stream = workers.generator()
                .chat(new ChatRequest(QUESTION, Sampling.GREEDY, List.of(), 40, Duration.ofMinutes(2)))) {
            for (String piece = stream.next(); piece != null; piece = stream.next()) {
                text.append(piece);
            }
            assertThat(stream.result().text()).isEqualTo(text.toString()).contains("Paris");
            assertThat(stream.result().finish()).isEqualTo(FinishReason.STOP);
        }
    }

    /** Half a minute, for what no answer rests on yet. */
    @Test
    @EnabledIfSystemProperty(named = "cartulary.long", matches = "true")
    void theChatModelFindsTheTrueSentenceLikelier() {
        List<Double> scores = workers.generator()
                .scoreContinuations(
                        QUESTION,
                        0,
                        List.of("Paris is the capital of France.", "The moon is made of green cheese."),
                        Duration.ofMinutes(2));
        assertThat(scores.getFirst()).isGreaterThan(scores.getLast()).isLessThan(0);
    }

    @Test
    void theEmbedderPutsAQuestionNearItsAnswer() {
        Embedder embedder = workers.embedder();
        float[] question = embedder.embed(List.of("When may visitors come?"), Embedder.Input.QUERY)
                .getFirst();
        List<float[]> passages = embedder.embed(
                List.of("Visiting hours are from 14:00 to 19:00.", "Invoices are kept for seven years."),
                Embedder.Input.PASSAGE);
        assertThat(dot(question, passages.getFirst())).isGreaterThan(dot(question, passages.getLast()) + 0.1);
        assertThat(dot(question, question)).isCloseTo(1.0, org.assertj.core.data.Offset.offset(1e-4));
    }

    private static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
