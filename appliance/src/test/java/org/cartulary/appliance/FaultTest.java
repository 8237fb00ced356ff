package org.cartulary.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.cartulary.appliance.testing.Checkout;
import org.cartulary.appliance.testing.CommandProcess;
import org.cartulary.appliance.testing.ConsoleCalls;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.ServeProcess;
import org.cartulary.appliance.testing.Verifier;
import org.cartulary.appliance.testing.Visitor;
import org.cartulary.appliance.testing.Wait;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code kill -9} does to the main process, to PostgreSQL and to the workers: a clear error, and nothing lost. */
class FaultTest {
    private static final String TEXT = "The spare key of the boiler room hangs in the porter's lodge, on hook 14.";
    private static final String QUESTION = "Where does the spare key of the boiler room hang?";

    @TempDir
    private static Path sharedHome;

    /** Survives whatever the tests kill of it. */
    private static ServeProcess appliance;

    private static RestClient client;

    @TempDir
    private Path home;

    @BeforeAll
    static void serve() {
        appliance = ServeProcess.start(sharedHome, Map.of());
        client = appliance.client();
        takeIn(client);
    }

    @AfterAll
    static void stop() {
        appliance.close();
    }

    @BeforeEach
    void beReady() {
        awaitReady(client);
    }

    @Test
    void nothingIsLostWhenTheMainProcessIsKilledAtWork() throws IOException {
        Visitor nora;
        String key;
        try (ServeProcess first = ServeProcess.start(home, Map.of())) {
            RestClient own = first.client();
            key = own.token();
            nora = Visitor.signedIn(home, own, "nora");
            takeIn(own);
            CountDownLatch begun = new CountDownLatch(1);
            CompletableFuture<Void> story = CompletableFuture.runAsync(
                    () -> tellStory(own, begun::countDown),
                    task -> Thread.ofVirtual().start(task));
            assertThat(begun)
                    .satisfies(latch ->
                            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue());
            queueDemoDocuments(own);
            assertThat(processes()).doesNotContain(own.token()).doesNotContain(nora.secrets());
            first.kill();
            assertThat(story).failsWithin(Duration.ofMinutes(1));
            assertThat(first.err()).isNotBlank().doesNotContain(own.token()).doesNotContain(nora.secrets());
        }
        try (ServeProcess second = ServeProcess.start(home, Map.of())) {
            RestClient own = second.client().withToken(key);

            assertThat(nora.account(own)).as("a session outlives a restart").isEqualTo(200);
            assertThat(own.get("/metrics").body()
                            + own.get("/api/status").body()
                            + own.withToken(key + "x").get("/api/collections").body())
                    .isNotBlank()
                    .doesNotContain(key)
                    .doesNotContain(nora.secrets());
            assertThat(CommandProcess.run(home, "people", "disable", "nora").exitCode())
                    .isZero();
            assertThat(nora.account(own))
                    .as("and ends when its person is disabled")
                    .isEqualTo(401);
            assertAnswers(own);
            assertThat(entries(home, "interrupted")).isEqualTo(1);
            assertThat(documentsWhenDone(own)).isEqualTo(13);
            Path bundle = home.resolve("evidence.zip");
            assertThat(CommandProcess.run(home, "audit", "export", "--out", bundle.toString())
                            .exitCode())
                    .isZero();
            assertThat(Verifier.run("verify", bundle, "--key", Verifier.key(home)))
                    .isZero();
        }
    }

    @Test
    void aKilledDatabaseIsStartedAgainAndEverythingIsStillThere() {
        kill(client, "database", "embeddedPid");

        assertAnswersOrSaysWhy(client);
        awaitReady(client);
        assertAnswers(client);
    }

    @Test
    void aKilledChatWorkerEndsItsAnswerWithAnErrorAndTheNextOneWorks() {
        long failed = entries(sharedHome, "failed");
        List<String> chunks = tellStory(client, () -> kill(client, "inference", "chat", "pid"));

        assertThat(chunks.get(chunks.size() - 2)).contains("\"error\"").contains("again");
        assertThat(chunks.getLast()).isEqualTo("data: [DONE]");
        assertThat(entries(sharedHome, "failed")).isEqualTo(failed + 1);
        awaitReady(client);
        HttpResponse<String> next = client.post("/v1/chat/completions", story(client, 5, false));
        assertThat(next.statusCode()).as(next.body()).isEqualTo(200);
    }

    @Test
    void aClientThatGoesAwayEndsItsAnswerOnRecord() {
        long cancelled = entries(sharedHome, "cancelled");
        long answered = entries(sharedHome, "answered");
        try (Stream<String> lines = client.lines("/v1/chat/completions", story(client, 1_000, true))) {
            assertThat(lines.filter(line -> line.startsWith("data:")).limit(3)).hasSize(3);
        }

        awaitEntries(sharedHome, "cancelled", cancelled + 1);
        assertThat(entries(sharedHome, "answered")).isEqualTo(answered);
    }

    @Test
    void aKilledEmbeddingWorkerIsReplaced() {
        kill(client, "inference", "embedding", "pid");

        assertAnswersOrSaysWhy(client);
        awaitReady(client);
        assertAnswers(client);
    }

    @Test
    void aCallerWhoWaitsForAWholeAnswerAndGoesAwayEndsItOnRecord() {
        try (ServeProcess generating = ServeProcess.start(home, Map.of("CARTULARY_ANSWER_MODE", "generate"))) {
            RestClient own = generating.client();
            takeIn(own);
            promoteTheModel(home, own);
            own.abandon("/v1/chat/completions", story(own, 1_000, false), () -> awaitEntries(home, "retrieved", 2));
            awaitEntries(home, "cancelled", 1);
            own.abandon("/api/ask", RestClient.question(QUESTION, "c"), () -> awaitEntries(home, "retrieved", 3));
            awaitEntries(home, "cancelled", 2);

            assertThat(entries(home, "answered")).isEqualTo(1);
            statusSaysSoWhileTheModelIsDown(own);
        }
    }

    /** It may be back before anybody looks; then it is killed again. */
    private static void statusSaysSoWhileTheModelIsDown(RestClient client) {
        AtomicReference<JsonNode> seen = new AtomicReference<>();
        Wait.until("the remark is there", () -> {
            JsonNode now = client.json("/api/status");
            seen.set(now);
            boolean isThere = !now.at("/answers/remark").isNull();
            if (!isThere) {
                ProcessHandle.of(now.at("/inference/chat/pid").asLong()).ifPresent(ServeProcess::kill);
            }
            return isThere;
        });
        JsonNode status = Objects.requireNonNull(seen.get());
        assertThat(status.at("/answers/mode").asText()).isEqualTo("generate");
        assertThat(status.at("/answers/remark").asText())
                .contains("chat worker does not serve", "models use")
                .doesNotContain("promote");
        awaitReady(client);
        assertThat(client.json("/api/status").path("answers").toString())
                .isEqualTo("{\"mode\":\"generate\",\"remark\":null}");
    }

    /** Until then it is not asked, whatever the settings say. */
    private static void promoteTheModel(Path of, RestClient client) {
        assertThat(client.ask(QUESTION, "c").body()).contains("\"mode\":\"quote\"");
        JsonNode before = client.json("/api/status");
        assertThat(before.at("/answers/mode").asText()).isEqualTo("quote");
        assertThat(before.at("/answers/remark").asText()).contains("models promote");
        String model = before.at("/inference/chat/sha256").asText();
        assertThat(CommandProcess.run(of, "models", "promote", model).exitCode())
                .isZero();
        assertThat(client.json("/api/status").path("answers").toString())
                .isEqualTo("{\"mode\":\"generate\",\"remark\":null}");
    }

    private static void awaitEntries(Path of, String type, long count) {
        Wait.until(type + " is on record", () -> entries(of, type) >= count);
    }

    private static void takeIn(RestClient client) {
        client.post("/api/collections", "{\"name\":\"c\"}");
        JsonNode job = client.upload("c", "keys.txt", TEXT.getBytes(StandardCharsets.UTF_8));
        assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("ready");
    }

    private static void queueDemoDocuments(RestClient client) {
        Checkout.files(Checkout.demo().resolve("documents"))
                .forEach(file -> client.submit("c", file.getFileName().toString(), Checkout.bytes(file)));
    }

    /** Jobs that were accepted go on after a restart; those of a queue end in its order. */
    private static int documentsWhenDone(RestClient client) {
        client.upload("c", "last.txt", "The last document of the queue.".getBytes(StandardCharsets.UTF_8));
        return client.json("/api/collections/c/documents?limit=100")
                        .path("documents")
                        .size()
                - 1;
    }

    /** Streams a long text of the bare model, with a deed at its fifth chunk. */
    private static List<String> tellStory(RestClient client, Runnable deed) {
        List<String> chunks = new ArrayList<>();
        client.lines("/v1/chat/completions", story(client, 1_000, true))
                .filter(line -> line.startsWith("data:"))
                .forEach(line -> {
                    chunks.add(line);
                    if (chunks.size() == 5) {
                        deed.run();
                    }
                });
        return chunks;
    }

    private static String story(RestClient client, int tokens, boolean stream) {
        String model = client.json("/v1/models").path("data").path(0).path("id").asText();
        return """
                {"model":"%s","stream":%s,"max_tokens":%d,
                 "messages":[{"role":"user","content":"Write a very long story about a lighthouse."}]}""".formatted(model, stream, tokens);
    }

    private static void kill(RestClient client, String... path) {
        JsonNode pid = client.json("/api/status");
        for (String name : path) {
            pid = pid.path(name);
        }
        ServeProcess.kill(ProcessHandle.of(pid.asLong()).orElseThrow());
    }

    private static void assertAnswers(RestClient client) {
        JsonNode answer = RestClient.parsed(client.ask(QUESTION, "c").body());
        assertThat(answer.path("answer").asText()).as(answer.toString()).contains("hook 14");
        assertThat(client.get(answer.path("receipt").asText()).statusCode()).isEqualTo(200);
    }

    /** Right after the kill either is right: an answer that is recorded, or a problem that says what to do. */
    private static void assertAnswersOrSaysWhy(RestClient client) {
        HttpResponse<String> response = client.ask(QUESTION, "c");
        assertThat(response.statusCode()).as(response.body()).isIn(200, 503);
        if (response.statusCode() == 503) {
            assertThat(RestClient.parsed(response.body()).path("detail").asText())
                    .contains("again");
        }
    }

    /** Command lines and environments of every process, as other users of the machine may see them. */
    private static String processes() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : (Iterable<Path>) processes::iterator) {
                for (String file : List.of("cmdline", "environ")) {
                    try {
                        all.append(Files.readString(process.resolve(file), StandardCharsets.ISO_8859_1));
                    } catch (IOException e) {
                        // It ended meanwhile, or is no process.
                        all.append('\n');
                    }
                }
            }
        }
        return all.toString();
    }

    private static long entries(Path of, String type) {
        return new ConsoleCalls(of)
                .get("/api/audit/entries?limit=1000").path("entries").findValuesAsText("type").stream()
                        .filter(type::equals)
                        .count();
    }

    private static void awaitReady(RestClient client) {
        Wait.until("it is ready", () -> client.get("/health/ready").statusCode() == 200);
    }
}
