package org.cartulary.inference.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.Refusal;
import org.cartulary.inference.embedding.Vectors;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.testing.Cache;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What holds of every embedder, whichever engine runs it; its worker is a process of its own. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EmbedderContract {
    static final String SENTENCE = "Visitors sign the log at the front desk before they enter the ward.";

    private static final int QUEUE = 3;

    /** Keeps any worker busy for seconds: many windows over each of many texts. */
    private static final List<String> HEAVY = Collections.nCopies(256, "ward ".repeat(1600));

    private static final List<String> ODD = List.of(
            "",
            " ",
            "\0",
            "a\0b",
            "\ud800",
            "\ud83d\ude00\ud83d\ude00",
            "Besuchszeiten \u4e2d\u6587 \u0627\u0644\u0632\u064a\u0627\u0631\u0629 \u0915\u094d\u0937",
            "\u0390\u0390\u0390\u1f82",
            "a".repeat(200));

    private InferenceWorkers workers;
    private Embedder embedder;

    /** The model, in a store below the directory. */
    abstract StoredModel model(Path directory) throws IOException;

    /** Whether the model gives a text another vector as a query. */
    abstract boolean prefixesQueries();

    @BeforeAll
    void startWorker(@TempDir Path directory) throws IOException {
        workers = InferenceWorkers.start(config(directory));
        embedder = workers.embedder();
    }

    private InferenceConfig config(Path directory) throws IOException {
        return InferenceConfig.defaults(Cache.directory(), directory)
                .with(ModelCard.Role.CHAT, null)
                .with(ModelCard.Role.EMBEDDING, model(directory.resolve("models")))
                .withThreads(1, 2)
                .withSizes(512, 1, QUEUE);
    }

    @AfterAll
    void stopWorker() {
        if (workers != null) {
            workers.close();
        }
    }

    Embedder embedder() {
        return embedder;
    }

    @Test
    void vectorsAreOfTheStatedDimensionAndLengthOne() {
        assertThat(passages(SENTENCE, "ward")).hasSize(2).allSatisfy(vector -> {
            assertThat(vector).hasSize(embedder.dimension());
            assertThat(length(vector)).isBetween(0.9999, 1.0001);
        });
    }

    @Test
    void aVectorDependsNeitherOnItsNeighboursNorOnTheTime() {
        float[] alone = passages(SENTENCE).getFirst();
        List<float[]> together = passages("short", SENTENCE, "the ward ".repeat(8), SENTENCE);
        assertThat(together.get(1)).containsExactly(alone);
        assertThat(together.get(3)).containsExactly(alone);
        assertThat(together.get(0)).isNotEqualTo(alone);
    }

    @Test
    void queriesGetTheirPrefix() {
        float[] query = embedder.embed(List.of(SENTENCE), Embedder.Input.QUERY).getFirst();
        double cosine = Vectors.cosine(query, passages(SENTENCE).getFirst());
        if (prefixesQueries()) {
            assertThat(cosine).isBetween(0.5, 0.999);
        } else {
            assertThat(cosine).isGreaterThan(0.9999);
        }
    }

    @Test
    void refusesATextBeyondTheWindowAndNamesIt() {
        int most = embedder.maxTokens();
        String longest = "ward ".repeat(most - 2);
        assertThat(passages(longest)).hasSize(1);
        assertThatThrownBy(() -> passages("fine", longest + "ward", "fine"))
                .isInstanceOfSatisfying(
                        InferenceRefused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(new Refusal.TextTooLong(1, most + 1, most)));
    }

    @Test
    void readsATextBeyondTheWindowInWindowsWhereTheCallerWantsThat() {
        String longText = "the ward " + "visitors log ".repeat(embedder.maxTokens() * 2);
        List<float[]> vectors = embedder.embed(
                List.of("visitors", longText, SENTENCE), Embedder.Input.PASSAGE, Embedder.Overlong.WINDOWS);
        assertThat(vectors.get(2)).containsExactly(passages(SENTENCE).getFirst());
        assertThat(length(vectors.get(1))).isBetween(0.9999, 1.0001);
        float[] part =
                passages("visitors log ".repeat(embedder.maxTokens() / 2 - 2)).getFirst();
        assertThat(Vectors.cosine(vectors.get(1), part)).isGreaterThan(0.9);
    }

    @Test
    void refusesATextOfTooManyWindows() {
        String endless = "ward ".repeat(embedder.maxTokens() * 130);
        assertThatThrownBy(() -> embedder.embed(List.of(endless), Embedder.Input.PASSAGE, Embedder.Overlong.WINDOWS))
                .isInstanceOf(InferenceRefused.class)
                .hasMessageContaining("at most 128 are possible");
    }

    @Test
    void countsTokensWithoutSpecialOnes() {
        assertThat(embedder.countTokens(List.of("", "ward", "the ward log", "ward ".repeat(700))))
                .containsExactly(0, 1, 3, 700);
        assertThat(embedder.countTokens(List.of())).isEmpty();
    }

    @Test
    void takesTextsThatAreNoWords() {
        assertThat(embedder.embed(ODD, Embedder.Input.PASSAGE, Embedder.Overlong.WINDOWS))
                .hasSize(ODD.size())
                .allSatisfy(vector -> assertThat(length(vector)).isBetween(0.9999, 1.0001));
    }

    @Test
    void textThatLooksLikeASpecialTokenStaysText() {
        assertThat(embedder.countTokens(List.of("[SEP]", "[CLS]")))
                .allSatisfy(count -> assertThat(count).isGreaterThanOrEqualTo(3));
    }

    @Test
    void takes256TextsAtOnceAndRefusesNoneAndMore() {
        assertThat(embedder.embed(Collections.nCopies(256, "a"), Embedder.Input.QUERY))
                .hasSize(256);
        assertThatThrownBy(() -> embedder.embed(List.of(), Embedder.Input.PASSAGE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> embedder.embed(Collections.nCopies(257, "a"), Embedder.Input.PASSAGE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void manyCallersGetTheirOwnVectorsOrAreToldThatTheQueueIsFull() throws Exception {
        List<String> texts = List.of("ward", "invoice", "permit", "syringe", "road");
        List<float[]> expected = passages(texts.toArray(String[]::new));
        List<Callable<float[]>> calls = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String text = texts.get(i % texts.size());
            calls.add(() -> patiently(text));
        }
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<float[]>> answers = callers.invokeAll(calls);
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).containsExactly(expected.get(i % texts.size()));
            }
        }
    }

    @Test
    void refusesWhenTheQueueIsFullAndGoesOnAfterACancel() throws Exception {
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < QUEUE; i++) {
            callers.add(Thread.ofVirtual().start(() -> interruptible()));
        }
        await(() -> workers.status().getFirst().active() == QUEUE);
        assertThatThrownBy(() -> passages("one more"))
                .isInstanceOfSatisfying(
                        InferenceRefused.class,
                        refused -> assertThat(refused.refusal())
                                .isInstanceOfSatisfying(
                                        Refusal.QueueFull.class,
                                        full -> assertThat(full.waiting()).isEqualTo(QUEUE)));
        // An interrupted caller cancels its request; the worker leaves the texts that are left unread.
        callers.forEach(Thread::interrupt);
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(patiently(SENTENCE)).hasSize(embedder.dimension());
    }

    @Test
    void aKilledWorkerEndsItsCallsClearlyAndTheNextCallWorks(@TempDir Path directory) throws Exception {
        try (InferenceWorkers own = InferenceWorkers.start(config(directory))) {
            Embedder victim = own.embedder();
            try (ExecutorService caller = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<List<float[]>> lost =
                        caller.submit(() -> victim.embed(HEAVY, Embedder.Input.PASSAGE, Embedder.Overlong.WINDOWS));
                await(() -> own.status().getFirst().active() > 0);
                ProcessHandle.of(own.status().getFirst().pid()).orElseThrow().destroyForcibly();
                assertThatThrownBy(lost::get)
                        .cause()
                        .isInstanceOf(InferenceFailed.class)
                        .hasMessageContaining("signal 9");
            }
            assertThat(victim.embed(List.of(SENTENCE), Embedder.Input.PASSAGE).getFirst())
                    .containsExactly(passages(SENTENCE).getFirst());
        }
    }

    private List<float[]> passages(String... texts) {
        return embedder.embed(List.of(texts), Embedder.Input.PASSAGE);
    }

    private void interruptible() {
        try {
            embedder.embed(HEAVY, Embedder.Input.PASSAGE, Embedder.Overlong.WINDOWS);
        } catch (InferenceFailed | InferenceRefused e) {
            assertThat(e).hasMessageContaining("interrupted");
        }
    }

    /** Tries again as a caller should when the queue is full. */
    private float[] patiently(String text) {
        while (true) {
            try {
                return passages(text).getFirst();
            } catch (InferenceRefused refused) {
                assertThat(refused.refusal()).isInstanceOf(Refusal.QueueFull.class);
            }
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("The condition was never met");
            }
            Thread.onSpinWait();
        }
    }

    private static double length(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }
}
