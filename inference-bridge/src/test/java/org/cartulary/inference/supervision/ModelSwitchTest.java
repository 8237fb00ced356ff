package org.cartulary.inference.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cartulary.inference.ChatMessage;
import org.cartulary.inference.ChatRequest;
import org.cartulary.inference.ChatStream;
import org.cartulary.inference.FinishReason;
import org.cartulary.inference.Generated;
import org.cartulary.inference.Generator;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.Sampling;
import org.cartulary.inference.models.ModelRefused;
import org.cartulary.inference.models.ModelStore;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.testing.Cache;
import org.cartulary.inference.testing.HeaderBytes;
import org.cartulary.inference.testing.TinyBert;
import org.cartulary.inference.testing.TinyModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One model in another's place, while answers go on. */
@Timeout(180)
final class ModelSwitchTest {
    private static final Sampling ENDLESS = new Sampling(1, 1, 0, 1, 1, "root ::= [a-z] root");
    private static final int LONG_ANSWER = 400;

    @TempDir
    private Path directory;

    private StoredModel first;
    private StoredModel second;
    private InferenceWorkers workers;
    private Generator generator;

    @BeforeEach
    void start() throws IOException {
        first = TinyModel.in(directory.resolve("models"));
        second = other("second");
        workers = InferenceWorkers.start(InferenceConfig.defaults(Cache.directory(), directory.resolve("run"))
                .withChat(first)
                .withEmbedding(null)
                .withThreads(1, 1)
                .withSizes(4096, 2, 64));
        generator = workers.generator();
        workers.awaitReady();
    }

    @AfterEach
    void stop() {
        workers.close();
    }

    @Test
    void newRequestsGoToTheNewModelAndAnAnswerUnderWayIsFinishedByTheOld() throws Exception {
        ProcessHandle old = process();
        ChatStream underWay = generator.chat(request(LONG_ANSWER));
        assertThat(underWay.next()).isNotNull();

        workers.use(second, false, () -> assertServes(first));

        assertServes(second);
        assertThat(workers.switches())
                .singleElement()
                .satisfies(change -> assertThat(change.phase()).isEqualTo(SwitchStatus.Phase.DRAINING));
        assertThat(read(generator.chat(request(5))).outputTokens()).isEqualTo(5);
        assertThatThrownBy(() -> workers.use(first, false, () -> {}))
                .isInstanceOf(SwitchRefused.class)
                .hasMessageContaining("under way");
        assertThat(old.isAlive()).isTrue();

        Generated late = read(underWay);
        assertThat(late.finish()).isEqualTo(FinishReason.LENGTH);
        assertThat(late.outputTokens()).isEqualTo(LONG_ANSWER);
        old.onExit().get(60, TimeUnit.SECONDS);
    }

    @Test
    void noRequestIsLostWhileModelsChangeAgainAndAgain() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answered = new ArrayList<>();
            for (int caller = 0; caller < 4; caller++) {
                answered.add(callers.submit(() -> {
                    int count = 0;
                    while (!stop.get()) {
                        read(generator.chat(request(3)));
                        count++;
                    }
                    return count;
                }));
            }
            for (StoredModel next : List.of(second, first, second)) {
                awaitNoSwitch();
                workers.use(next, false, () -> {});
            }
            stop.set(true);
            for (Future<Integer> count : answered) {
                assertThat(count.get()).isPositive();
            }
        }
        assertServes(second);
    }

    @Test
    void aModelThatCannotLoadLeavesTheOldOneServing() throws IOException {
        ProcessHandle old = process();
        byte[] bytes = Files.readAllBytes(second.file());
        bytes[bytes.length - 1] ^= 1;
        Files.write(second.file(), bytes);
        assertThatThrownBy(() -> workers.use(second, false, () -> {}))
                .isInstanceOf(SwitchRefused.class)
                .hasMessageContaining("cannot serve")
                .hasMessageContaining("has the SHA-256");
        assertThat(process().pid()).isEqualTo(old.pid());
        assertThat(workers.switches()).isEmpty();
        assertThat(read(generator.chat(request(3))).outputTokens()).isPositive();
    }

    @Test
    void aModelThatMayNotBeTakenIsEndedAndTheOldOneStays() {
        assertThatThrownBy(() -> workers.use(second, false, () -> {
                    throw new IllegalStateException("not on record");
                }))
                .hasMessage("not on record");
        assertServes(first);
    }

    @Test
    void whereTheOldOneMakesRoomRequestsWaitForTheNew() throws Exception {
        ProcessHandle old = process();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            ChatStream underWay = generator.chat(request(LONG_ANSWER));
            assertThat(underWay.next()).isNotNull();
            Future<?> change = callers.submit(() ->
                    workers.use(second, true, () -> assertThat(old.isAlive()).isFalse()));
            while (workers.switches().isEmpty()) {
                Thread.onSpinWait();
            }
            Future<Generated> waiting = callers.submit(() -> read(generator.chat(request(5))));
            while (workers.status().getFirst().pid() != 0) {
                Thread.onSpinWait();
            }
            Future<Generated> newcomer =
                    callers.submit(() -> read(workers.generator().chat(request(5))));
            assertThat(read(underWay).outputTokens()).isEqualTo(LONG_ANSWER);
            change.get(60, TimeUnit.SECONDS);
            assertThat(waiting.get(60, TimeUnit.SECONDS).outputTokens()).isEqualTo(5);
            assertThat(newcomer.get(60, TimeUnit.SECONDS).outputTokens()).isEqualTo(5);
        }
        assertServes(second);
        assertThat(workers.switches()).isEmpty();
    }

    @Test
    void refusesAModelThatMemoryDoesNotHoldBesideTheOldOneAndSaysWhatToDo() throws IOException {
        Path manifest = second.directory().resolve("manifest.json");
        Files.writeString(
                manifest, Files.readString(manifest).replaceFirst("\"bytes\":\\d+", "\"bytes\":1000000000000000"));
        StoredModel huge = ModelStore.read(second.directory());
        assertThatThrownBy(() -> workers.use(huge, false, () -> {}))
                .isInstanceOf(SwitchRefused.class)
                .hasMessageContaining("1000000")
                .hasMessageContaining("--restart");
        assertThatThrownBy(() -> workers.tryOut(huge))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("--untried");
        assertServes(first);
        assertThat(workers.switches()).isEmpty();
    }

    @Test
    void whereTheNewOneFailsInItsSteadTheOldOneIsLoadedAgain() throws IOException {
        Files.delete(second.file());
        assertThatThrownBy(() -> workers.use(second, true, () -> {}))
                .isInstanceOf(SwitchRefused.class)
                .hasMessageContaining("loaded again")
                .hasMessageContaining("is missing");
        assertThat(read(generator.chat(request(3))).outputTokens()).isPositive();
        assertServes(first);
    }

    @Test
    void aRoleWhoseModelIsNotThereSaysWhyAndTakesAnother() {
        InferenceConfig without = InferenceConfig.defaults(Cache.directory(), directory.resolve("run2"))
                .withEmbedding(null)
                .withChat(null)
                .withThreads(1, 1)
                .withAbsences(java.util.Map.of(ModelCard.Role.CHAT, "The chosen model is gone."));
        try (InferenceWorkers own = InferenceWorkers.start(without)) {
            assertThatThrownBy(own::awaitReady)
                    .isInstanceOf(InferenceFailed.class)
                    .hasMessage("The chosen model is gone.");
            assertThat(own.status().getFirst().state()).isEqualTo(WorkerState.UNUSABLE);
            Generator held = own.generator();
            assertThatThrownBy(held::model).hasMessage("The chosen model is gone.");
            own.use(second, false, () -> {});
            assertThat(held.model().sha256()).isEqualTo(second.manifest().sha256());
        }
    }

    @Test
    void aTrialTouchesNothingThatServes() throws IOException {
        ProcessHandle old = process();
        workers.tryOut(second);
        StoredModel headless = TinyModel.in(
                directory.resolve("models"),
                HeaderBytes.tiny()
                        .rename("blk.1.attn_v.weight", "blk.1.attn_x.weight")
                        .bytes());
        assertThatThrownBy(() -> workers.tryOut(headless))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("blk.1.attn_v.weight");
        workers.tryOut(TinyBert.embedder().in(directory.resolve("models")));
        workers.tryOut(TinyBert.reranker().in(directory.resolve("models")));
        assertThatThrownBy(() -> workers.tryOut(TinyBert.embedder().broken().in(directory.resolve("broken"))))
                .isInstanceOf(ModelRefused.class);
        assertThat(process().pid()).isEqualTo(old.pid());
        assertThat(workers.status()).hasSize(1);
    }

    private ProcessHandle process() {
        return ProcessHandle.of(workers.status().getFirst().pid()).orElseThrow();
    }

    private void awaitNoSwitch() {
        while (!workers.switches().isEmpty()) {
            Thread.onSpinWait();
        }
    }

    private void assertServes(StoredModel model) {
        assertThat(generator.model().sha256()).isEqualTo(model.manifest().sha256());
    }

    private StoredModel other(String name) throws IOException {
        return TinyModel.in(
                directory.resolve("models"), TinyModel.bytes(header -> header.text("general.finetune", name)));
    }

    private static ChatRequest request(int maxTokens) {
        return new ChatRequest(
                List.of(new ChatMessage(ChatMessage.Role.USER, "hi")),
                ENDLESS,
                List.of(),
                maxTokens,
                Duration.ofMinutes(2));
    }

    private static Generated read(ChatStream stream) {
        try (stream) {
            String piece = stream.next();
            while (piece != null) {
                piece = stream.next();
            }
            return stream.result();
        }
    }
}
