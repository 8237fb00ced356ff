package org.cartulary.inference.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cartulary.inference.ChatMessage;
import org.cartulary.inference.ChatRequest;
import org.cartulary.inference.ChatStream;
import org.cartulary.inference.FinishReason;
import org.cartulary.inference.Generated;
import org.cartulary.inference.Generator;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.Refusal;
import org.cartulary.inference.Sampling;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.testing.Cache;
import org.cartulary.inference.testing.TinyModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The chat worker as a process, with a tiny model. */
@Timeout(120)
final class ChatWorkerTest {
    private static final Sampling ENDLESS = new Sampling(1, 1, 0, 1, 1, "root ::= [a-z] root");

    private static StoredModel tiny;
    private static InferenceConfig config;
    private static InferenceWorkers workers;
    private static Generator generator;

    @BeforeAll
    static void startWorker(@TempDir Path directory) throws IOException {
        tiny = TinyModel.in(directory.resolve("models"));
        // Longer than a socket's path may be, so that the private temporary directory is used.
        Path sockets = directory.resolve("a".repeat(120));
        config = InferenceConfig.defaults(Cache.directory(), sockets)
                .withChat(tiny)
                .withEmbedding(null)
                .withThreads(1, 1)
                .withSizes(4096, 2, 3);
        workers = InferenceWorkers.start(config);
        generator = workers.generator();
    }

    @AfterAll
    static void stopWorker() {
        workers.close();
        assertThat(workers.status().getFirst().state()).isEqualTo(WorkerState.STOPPED);
    }

    @Test
    void closingAStreamFromAnotherThreadWakesItsReader() {
        ChatStream stream = generator.chat(request(ENDLESS, 400));
        Thread.ofVirtual().start(stream::close);

        assertThatThrownBy(() -> read(stream)).isInstanceOf(InferenceFailed.class);
    }

    @Test
    void streamsAnAnswerAndSaysWhatItCost() {
        Generated answer = read(generator.chat(request(Sampling.GREEDY, 20)));
        assertThat(answer.promptTokens()).isEqualTo(generator.countPromptTokens(messages("hi")));
        assertThat(answer.outputTokens()).isBetween(1, 20);
        WorkerStatus status = workers.status().getFirst();
        assertThat(status.state()).isEqualTo(WorkerState.READY);
        ModelCard model = Objects.requireNonNull(status.model());
        assertThat(model.kernel()).startsWith("llama.cpp v0.5.0 (");
        assertThat(model.contextTokens()).isEqualTo(TinyModel.WINDOW);
    }

    @Test
    void refusesAPromptThatDoesNotFitBeforeAnyText() {
        ChatRequest tooLong =
                new ChatRequest(messages("a".repeat(100_000)), Sampling.GREEDY, List.of(), 10, Duration.ofSeconds(10));
        assertThatThrownBy(() -> generator.chat(tooLong))
                .isInstanceOf(InferenceRefused.class)
                .hasMessageContaining(String.valueOf(TinyModel.WINDOW));
    }

    @Test
    void refusesABadGrammarWithAReason() {
        assertThatThrownBy(() -> read(generator.chat(request(Sampling.GREEDY.withGrammar("root ::= ("), 5))))
                .isInstanceOf(InferenceRefused.class)
                .hasMessageContaining("grammar");
    }

    @Test
    void anAnswerThatIsClosedEarlyIsCancelled() {
        ChatStream stream = generator.chat(request(ENDLESS, 400));
        assertThat(stream.next()).isNotNull();
        stream.close();
        assertThatThrownBy(stream::next).isInstanceOf(InferenceFailed.class);
        assertThat(read(generator.chat(request(Sampling.GREEDY, 3))).outputTokens())
                .isPositive();
    }

    @Test
    void aReaderWhoStopsReadingHoldsUpNobodyAndLosesNothing() {
        try (ChatStream stalled = generator.chat(request(ENDLESS, 300))) {
            for (int i = 0; i < 5; i++) {
                assertThat(read(generator.chat(request(Sampling.GREEDY, 3))).outputTokens())
                        .isPositive();
            }
            Generated late = read(stalled);
            assertThat(late.finish()).isEqualTo(FinishReason.LENGTH);
            assertThat(late.outputTokens()).isEqualTo(300);
        }
    }

    @Test
    void anAnswerEndsAtItsDeadline() {
        ChatRequest request = new ChatRequest(messages("hi"), ENDLESS, List.of(), 400, Duration.ofMillis(400));
        ChatStream stalled = generator.chat(request);
        assertThat(read(generator.chat(request(Sampling.GREEDY, 3))).outputTokens())
                .isPositive();
        WorkerStatus status = workers.status().getFirst();
        while (status.active() > 0) {
            status = workers.status().getFirst();
        }
        assertThat(read(stalled).finish()).isIn(FinishReason.DEADLINE, FinishReason.LENGTH);
    }

    @Test
    void manyCallersGetTheirOwnAnswers() throws Exception {
        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String digits = String.valueOf(100 + i);
            Sampling sampling = new Sampling(1, 1, 0, 1, i, "root ::= \"" + digits + "\" [a-z]{8}");
            calls.add(() -> digits.equals(patiently(sampling).substring(0, 3)) ? "own" : "another's");
        }
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> answer : callers.invokeAll(calls)) {
                assertThat(answer.get()).isEqualTo("own");
            }
        }
    }

    @Test
    void refusesWhenTheQueueIsFullAndSaysWhenToTryAgain() {
        List<ChatStream> open = new ArrayList<>();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 12; i++) {
                        open.add(generator.chat(request(ENDLESS, 300)));
                    }
                })
                .isInstanceOfSatisfying(
                        InferenceRefused.class,
                        refused -> assertThat(refused.refusal())
                                .isInstanceOfSatisfying(
                                        Refusal.QueueFull.class,
                                        full -> assertThat(full.retryAfter()).isPositive()));
        open.forEach(ChatStream::close);
        // Places are given back a moment later; the next test begins when the queue takes requests again.
        assertThat(patiently(Sampling.GREEDY)).isNotNull();
    }

    @Test
    void takesNulAndLoneSurrogatesInAPrompt() {
        ChatRequest odd = new ChatRequest(
                messages("a\0b\ud800c</s>\uE0F00\uE0F1"), Sampling.GREEDY, List.of(), 3, Duration.ofSeconds(30));
        assertThat(read(generator.chat(odd)).outputTokens()).isPositive();
    }

    @Test
    void countsManyTextsInOneCall() {
        assertThat(generator.countTokens(List.of("", "yes", "no no")))
                .hasSize(3)
                .startsWith(0);
    }

    @Test
    void aKilledWorkerEndsItsAnswerClearlyAndTheNextCallWorks() {
        ChatStream stream = generator.chat(request(ENDLESS, 400));
        assertThat(stream.next()).isNotNull();
        long pid = workers.status().getFirst().pid();
        int restarts = workers.status().getFirst().restarts();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        assertThatThrownBy(() -> read(stream))
                .isInstanceOf(InferenceFailed.class)
                .hasMessageContaining("signal 9")
                .hasMessageContaining("once more");
        assertThat(read(generator.chat(request(Sampling.GREEDY, 3))).outputTokens())
                .isPositive();
        WorkerStatus status = workers.status().getFirst();
        assertThat(status.pid()).isNotEqualTo(pid);
        assertThat(status.restarts()).isEqualTo(restarts + 1);
        assertThat(status.lastFailure()).contains("signal 9");
    }

    @Test
    void aStoppedWorkerIsFoundHangingAndReplaced(@TempDir Path directory) throws Exception {
        InferenceConfig impatient = config.withTimes(new InferenceConfig.Times(
                Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(3), Duration.ofSeconds(30)));
        try (InferenceWorkers own = InferenceWorkers.start(impatient)) {
            Generator asked = own.generator();
            ChatStream stream = asked.chat(request(ENDLESS, 400));
            long pid = own.status().getFirst().pid();
            assertThat(new ProcessBuilder("kill", "-STOP", String.valueOf(pid))
                            .start()
                            .waitFor())
                    .isZero();
            assertThatThrownBy(() -> read(stream))
                    .isInstanceOf(InferenceFailed.class)
                    .hasMessageContaining("no progress for 3 seconds");
            assertThat(read(asked.chat(request(Sampling.GREEDY, 3))).outputTokens())
                    .isPositive();
        }
    }

    @Test
    void anAnswerUnderWayEndsWholeWhenTheApplianceStops() throws Exception {
        InferenceWorkers own = InferenceWorkers.start(config);
        Sampling never = Sampling.GREEDY.withLogitBias(Map.of(TinyModel.END_TOKEN, -100f));
        ChatStream stream = own.generator().chat(request(never, 200));
        assertThat(stream.next()).isNotNull();
        Thread stopping = Thread.ofVirtual().start(own::close);
        StringBuilder text = new StringBuilder();
        for (String piece = stream.next(); piece != null; piece = stream.next()) {
            text.append(piece);
        }
        assertThat(stream.result().finish()).isEqualTo(FinishReason.LENGTH);
        stopping.join();
        assertThatThrownBy(() -> own.generator().chat(request(Sampling.GREEDY, 1)))
                .isInstanceOf(InferenceFailed.class)
                .hasMessageContaining("stopped");
    }

    @Test
    void aWorkerThatGrowsBeyondItsMemoryIsReplacedAndTheReasonIsSaid() {
        try (InferenceWorkers own = InferenceWorkers.start(config.withMemory(1 << 20))) {
            assertThatThrownBy(own::awaitReady)
                    .isInstanceOf(InferenceFailed.class)
                    .hasMessageContaining("its memory grew to")
                    .hasMessageContaining("its limit is 1 MiB");
            assertThat(own.status().getFirst().restarts()).isPositive();
        }
    }

    @Test
    void aThousandRequestsAtOnceAreAnsweredOrToldWhenToTryAgain() throws Exception {
        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            String caller = "caller" + i;
            calls.add(() -> once(request(Sampling.GREEDY, 2).from(caller)));
        }
        Map<String, Integer> outcomes = new HashMap<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> outcome : callers.invokeAll(calls)) {
                outcomes.merge(outcome.get(), 1, Integer::sum);
            }
        }
        assertThat(outcomes).containsOnlyKeys("answered", "queue full").containsKey("answered");
        assertThat(read(generator.chat(request(Sampling.GREEDY, 3))).outputTokens())
                .isPositive();
        assertThat(workers.status().getFirst().state()).isEqualTo(WorkerState.READY);
    }

    private static String once(ChatRequest request) {
        try {
            read(generator.chat(request));
            return "answered";
        } catch (InferenceRefused e) {
            return e.refusal() instanceof Refusal.QueueFull full
                            && full.retryAfter().isPositive()
                    ? "queue full"
                    : "?";
        }
    }

    @Test
    void aChangedModelFileIsNotServed(@TempDir Path directory) throws IOException {
        StoredModel changed = TinyModel.in(directory.resolve("models"));
        byte[] bytes = Files.readAllBytes(changed.file());
        bytes[bytes.length / 2] ^= 1;
        Files.write(changed.file(), bytes);
        try (InferenceWorkers own = InferenceWorkers.start(config.withChat(changed))) {
            assertThatThrownBy(() -> own.generator().chat(request(Sampling.GREEDY, 3)))
                    .isInstanceOf(InferenceFailed.class)
                    .hasMessageContaining(changed.file().toString())
                    .hasMessageContaining(changed.manifest().sha256());
            assertThat(own.status().getFirst().state()).isEqualTo(WorkerState.UNUSABLE);
        }
    }

    @Test
    void aModelThatCouldNotLoadIsTriedAgainAndServesOnceItCan(@TempDir Path directory) throws IOException {
        StoredModel model = TinyModel.in(directory.resolve("models"));
        byte[] bytes = Files.readAllBytes(model.file());
        Files.delete(model.file());
        InferenceConfig.Times times = config.times();
        InferenceConfig hasty = config.withChat(model)
                .withTimes(
                        new InferenceConfig.Times(times.patience(), times.load(), times.hang(), Duration.ofMillis(50)));
        try (InferenceWorkers own = InferenceWorkers.start(hasty)) {
            assertThatThrownBy(() -> own.generator().chat(request(Sampling.GREEDY, 3)))
                    .hasMessageContaining("is missing");
            Files.write(model.file(), bytes);
            while (own.status().getFirst().state() != WorkerState.READY) {
                Thread.onSpinWait();
            }
            assertThat(read(own.generator().chat(request(Sampling.GREEDY, 3))).outputTokens())
                    .isPositive();
        }
    }

    private static List<ChatMessage> messages(String text) {
        return List.of(new ChatMessage(ChatMessage.Role.USER, text));
    }

    private static ChatRequest request(Sampling sampling, int maxTokens) {
        return new ChatRequest(messages("hi"), sampling, List.of(), maxTokens, Duration.ofSeconds(60));
    }

    /** Tries again as a caller should when the queue is full. */
    private static String patiently(Sampling sampling) {
        while (true) {
            try {
                return read(generator.chat(request(sampling, 20))).text();
            } catch (InferenceRefused refused) {
                assertThat(refused.refusal()).isInstanceOf(Refusal.QueueFull.class);
            }
        }
    }

    private static Generated read(ChatStream stream) {
        try (stream) {
            StringBuilder text = new StringBuilder();
            for (String piece = stream.next(); piece != null; piece = stream.next()) {
                text.append(piece);
            }
            assertThat(stream.result().text()).isEqualTo(text.toString());
            return stream.result();
        }
    }
}
