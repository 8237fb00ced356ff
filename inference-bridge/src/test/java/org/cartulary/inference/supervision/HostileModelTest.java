package org.cartulary.inference.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.cartulary.inference.ChatMessage;
import org.cartulary.inference.ChatRequest;
import org.cartulary.inference.ChatStream;
import org.cartulary.inference.Sampling;
import org.cartulary.inference.models.GgufHeader;
import org.cartulary.inference.models.ModelRefused;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.testing.Cache;
import org.cartulary.inference.testing.HeaderBytes;
import org.cartulary.inference.testing.TinyModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Headers that our reader lets pass and native code may not survive: they fail in their trial, and nothing else notices. */
@Timeout(1800)
final class HostileModelTest {
    private static final int TRIALS = Boolean.getBoolean("cartulary.long") ? 200 : 2;

    private static InferenceWorkers workers;
    private static long serving;

    @TempDir
    private Path directory;

    @BeforeAll
    static void serve(@TempDir Path home) throws IOException {
        workers = InferenceWorkers.start(InferenceConfig.defaults(Cache.directory(), home.resolve("run"))
                .withChat(TinyModel.in(home.resolve("models")))
                .withEmbedding(null)
                .withThreads(1, 1)
                .withSizes(4096, 2, 8));
        workers.awaitReady();
        serving = workers.status().getFirst().pid();
    }

    @AfterAll
    static void stop() {
        workers.close();
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                Arguments.of("nothing wrong", TinyModel.bytes(), false),
                Arguments.of("heads that do not fit the width", heads(5), true),
                Arguments.of(
                        "too many layers",
                        HeaderBytes.tiny().value("llama.block_count", 4000).bytes(),
                        true),
                Arguments.of(
                        "a wider model than its tensors",
                        HeaderBytes.tiny().value("llama.embedding_length", 128).bytes(),
                        true),
                Arguments.of(
                        "rotation wider than a head",
                        HeaderBytes.tiny()
                                .value("llama.rope.dimension_count", 4096)
                                .bytes(),
                        true),
                Arguments.of(
                        "scores of another type",
                        HeaderBytes.tiny()
                                .elementType("tokenizer.ggml.scores", 5)
                                .bytes(),
                        false),
                Arguments.of(
                        "no template",
                        HeaderBytes.tiny()
                                .rename("tokenizer.chat_template", "tokenizer.chat_templatx")
                                .bytes(),
                        true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headers")
    void whatTheReaderLetsPassFailsInItsTrialOnly(String what, byte[] bytes, boolean fails) throws IOException {
        StoredModel model = TinyModel.in(directory, bytes);
        if (fails) {
            assertThatThrownBy(() -> workers.tryOut(model))
                    .isInstanceOf(ModelRefused.class)
                    .hasMessageContaining("tiny");
        } else {
            workers.tryOut(model);
        }
        assertStillServes();
    }

    @Test
    void randomHeadersThatTheReaderLetsPassEndTheirTrialAndNothingElse() throws IOException {
        Random random = new Random(20261122);
        byte[] good = TinyModel.bytes();
        for (int tried = 0; tried < TRIALS; ) {
            byte[] bytes = good.clone();
            for (int change = 0; change < 2; change++) {
                bytes[random.nextInt(14_000)] = (byte) random.nextInt();
            }
            Path file = Files.write(directory.resolve("random.gguf"), bytes);
            try {
                GgufHeader.read(file);
            } catch (ModelRefused refused) {
                continue;
            }
            tried++;
            StoredModel model = TinyModel.in(directory.resolve("random-" + tried), bytes);
            try {
                workers.tryOut(model);
            } catch (ModelRefused refused) {
                assertThat(refused).hasMessageContaining("tiny");
            }
            assertStillServes();
        }
    }

    private static byte[] heads(int count) {
        return HeaderBytes.tiny()
                .value("llama.attention.head_count", count)
                .value("llama.attention.head_count_kv", count)
                .bytes();
    }

    private static void assertStillServes() {
        assertThat(workers.status()).singleElement().satisfies(worker -> {
            assertThat(worker.pid()).isEqualTo(serving);
            assertThat(worker.restarts()).isZero();
        });
        ChatRequest request = new ChatRequest(
                List.of(new ChatMessage(ChatMessage.Role.USER, "hi")),
                Sampling.GREEDY,
                List.of(),
                3,
                Duration.ofSeconds(30));
        try (ChatStream answer = workers.generator().chat(request)) {
            String piece = answer.next();
            while (piece != null) {
                piece = answer.next();
            }
            assertThat(answer.result().outputTokens()).isPositive();
        }
    }
}
