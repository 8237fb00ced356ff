package org.cartulary.appliance.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.cartulary.appliance.testing.Checkout;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.appliance.testing.Staff;
import org.cartulary.appliance.testing.Verifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

@ExtendWith(SharedAppliance.class)
class RestJourneyTest {
    private static final String VISITOR_LOGS = "How long do we have to keep the logs that visitors fill in?";
    private static final String UNANSWERABLE = "What does a dog licence cost a resident of Marrowby?";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    @TempDir
    private Path scratch;

    @Test
    void nothingButHealthAndSignInIsReachableWithoutCredentials(Running running) {
        Map<String, Map<String, Object>> paths = paths(running);
        RestClient stranger = running.stranger();

        assertThat(paths).hasSizeGreaterThan(15);
        paths.forEach((path, item) -> item.keySet().stream()
                .filter(METHODS::contains)
                .forEach(method -> {
                    HttpResponse<String> response =
                            stranger.call(method.toUpperCase(Locale.ROOT), path.replaceAll("\\{[^}]+}", "1"));
                    int expected = path.startsWith("/health/") ? 200 : 401;
                    assertThat(response.statusCode()).as(method + " " + path).isEqualTo(expected);
                }));
        for (String other : List.of("/", "/ui/app.css", "/ui/js/main.js", "/metrics", "/api/openapi.yml", "/nowhere")) {
            assertThat(stranger.get(other).statusCode()).as(other).isEqualTo(401);
        }
        assertThat(running.client()
                        .withToken("cartulary_wrong")
                        .get("/api/status")
                        .statusCode())
                .isEqualTo(401);
    }

    private static Map<String, Map<String, Object>> paths(Running running) {
        Map<String, Map<String, Map<String, Object>>> description = new Yaml().load(openApi(running));
        return Objects.requireNonNull(description.get("paths"));
    }

    @Test
    void describesItsRoutes(Running running) {
        assertThat(openApi(running))
                .contains(
                        "title: Cartulary",
                        "/api/ask:",
                        "text/event-stream:",
                        "/v1/chat/completions:",
                        "/v1/models/{id}:",
                        "/v1/embeddings:",
                        "logit_bias:",
                        "input_type:");
    }

    private static String openApi(Running running) {
        return running.client().get("/api/openapi.yml").body();
    }

    @Test
    void answersWithCitationsAndAReceiptThatTheVerifierAccepts(Running running) throws IOException {
        JsonNode answer =
                RestClient.parsed(running.client().ask(VISITOR_LOGS, "demo").body());

        assertThat(answer.path("outcome").asText()).isEqualTo("answered");
        assertThat(answer.path("answer").asText()).contains("90 days", "[1]");
        assertThat(answer.path("citations").path(0).path("document").asText())
                .isEqualTo("marrowby/records-retention-schedule.docx");
        assertThat(answer.path("sentences"))
                .allMatch(sentence -> sentence.path("supported").asBoolean());
        assertThat(answer.path("timings_ms").path("first_token").asLong())
                .isLessThanOrEqualTo(answer.path("timings_ms").path("total").asLong());

        String receipt = answer.path("receipt").asText();
        Path proof = Files.writeString(
                scratch.resolve("receipt.tlog-proof"),
                running.client().get(receipt + "/proof").body());
        Path record = Files.writeString(
                scratch.resolve("receipt.json"),
                running.client().get(receipt + "/record").body());
        assertThat(Verifier.run("verify-receipt", proof, "--record", record, "--key", Verifier.key(running.home())))
                .isZero();
        Files.writeString(record, Files.readString(record).replace("90 days", "80 days"));
        assertThat(Verifier.run("verify-receipt", proof, "--record", record, "--key", Verifier.key(running.home())))
                .isEqualTo(1);
    }

    @Test
    void streamsSourcesBeforeTextAndTheFinalAnswerLast(Running running) {
        List<RestClient.Event> events = running.client().stream("/api/ask", RestClient.question(VISITOR_LOGS, "demo"));

        assertThat(events.stream().map(RestClient.Event::name).distinct())
                .containsExactly("accepted", "sources", "delta", "final");
        assertThat(events.getLast().json().path("receipt").asText()).startsWith("/api/receipts/");
        assertThat(events.getFirst().json().path("number").asLong())
                .isEqualTo(events.getLast().json().path("number").asLong());
    }

    @Test
    void saysSoWhereTheDocumentsDoNotAnswer(Running running) {
        JsonNode answer =
                RestClient.parsed(running.client().ask(UNANSWERABLE, "demo").body());

        assertThat(answer.path("outcome").asText()).isEqualTo("abstained");
        assertThat(answer.path("answer").asText()).isEqualTo("The documents do not say.");
        assertThat(answer.path("nearest")).isNotEmpty();
        assertThat(running.client().get(answer.path("receipt").asText()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void opensTheCitedDocumentAndRecordsThat(Running running) {
        String question = "How long until the cleaner can go into a room without negative pressure?";
        JsonNode citation = RestClient.parsed(
                        running.client().ask(question, "demo").body())
                .path("citations")
                .path(0);
        long before = entries(running);
        HttpResponse<byte[]> original = running.client()
                .bytes("/api/documents/" + citation.path("documentId").asText() + "/original");
        JsonNode passage = running.client()
                .json("/api/documents/" + citation.path("documentId").asText() + "/passages/"
                        + citation.path("passage").asText());

        assertThat(citation.path("page").asInt()).isEqualTo(3);
        assertThat(original.headers().firstValue("Content-Type")).hasValue("application/pdf");
        assertThat(original.body()).isEqualTo(Checkout.bytes(Checkout.document("saint-alder/infection-control.pdf")));
        assertThat(passage.path("text").asText().replaceAll("\\s+", " "))
                .contains(citation.path("quote").asText().replaceAll("\\s+", " "));
        assertThat(entries(running)).isGreaterThan(before);
    }

    @Test
    void findsPassagesWithEveryScore(Running running) {
        JsonNode hits = RestClient.parsed(running.client()
                        .post("/api/search", "{\"query\":\"visiting hours\",\"collection\":\"demo\",\"limit\":5}")
                        .body())
                .path("hits");

        assertThat(hits).hasSize(5);
        assertThat(hits).allMatch(hit -> hit.path("scores").path("fused").asDouble() > 0);
        assertThat(hits)
                .anyMatch(hit -> hit.path("scores").path("bm25").isNumber()
                        && hit.path("scores").path("dense").isNumber());
    }

    @Test
    void takesTheSameBytesTwiceWithoutWork(Running running) {
        byte[] bytes = Checkout.bytes(Checkout.document("saint-alder/discharge.docx"));

        assertThat(running.client()
                        .upload("demo", "again/discharge.docx", bytes)
                        .path("state")
                        .asText())
                .isEqualTo("duplicate");
    }

    @Test
    void failsBrokenFilesWithAReasonAndGoesOnWithTheOthers(Running running) throws IOException {
        running.client().post("/api/collections", "{\"name\":\"broken\"}");
        JsonNode empty = running.client().upload("broken", "empty.pdf", new byte[0]);
        JsonNode cut = running.client()
                .upload(
                        "broken",
                        "cut.pdf",
                        java.util.Arrays.copyOf(Checkout.bytes(Checkout.document("saint-alder/formulary.pdf")), 2_000));
        JsonNode bomb = running.client().upload("broken", "bomb.docx", ZipBomb.bytes());
        JsonNode good = running.client()
                .upload("broken", "good.txt", "The boiler room key hangs in the porter's lodge.".getBytes(UTF_8));

        assertThat(List.of(empty, cut, bomb)).allSatisfy(job -> {
            assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("failed");
            assertThat(job.path("reason").asText()).hasSizeGreaterThan(10);
        });
        assertThat(good.path("state").asText()).isEqualTo("ready");
        assertThat(running.client()
                        .ask("Where does the boiler room key hang?", "broken")
                        .body())
                .contains("porter's lodge");
    }

    @Test
    void refusesAQuestionOfAHundredThousandCharactersAndRecordsNothing(Running running) {
        long before = entries(running);
        HttpResponse<String> response = running.client().ask("x".repeat(100_000), "demo");

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).contains("4000", "100000");
        assertThat(entries(running)).isEqualTo(before);
    }

    @Test
    void answersAQuestionThatIsLongerThanTheEmbedderTakes(Running running) {
        String long4000 = ("A visitor left and asked me about it, and the day was long. ".repeat(60) + VISITOR_LOGS);
        HttpResponse<String> response = running.client().ask(long4000, "demo");

        assertThat(long4000.length()).isBetween(3_500, 4_000);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    @Test
    void answersUnknownPathsAndBrokenBodiesAsProblems(Running running) {
        RestClient client = running.client();
        Stream.of(
                        client.get("/api/nowhere"),
                        client.get("/api/receipts/99999999"),
                        client.get("/api/jobs/none"),
                        client.get("/api/ask"),
                        client.post("/api/ask", "{\"question\":"),
                        client.post("/api/ask", "{\"question\":\"x\"}"),
                        client.post("/api/ask", RestClient.question("x", "no-such-collection")),
                        client.post("/api/collections", "{\"name\":\"Not A Name\"}"))
                .forEach(response -> {
                    JsonNode problem = RestClient.parsed(response.body());
                    assertThat(response.statusCode()).as(response.toString()).isBetween(400, 405);
                    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
                    assertThat(problem.path("status").asInt()).isEqualTo(response.statusCode());
                    assertThat(problem.path("detail").asText()).isNotBlank();
                });
        assertThat(client.post("/api/ask", "{\"question\":\"x\"}").body())
                .contains("The field \\\"collection\\\" is missing.");
    }

    @Test
    void exportsABundleThatTheVerifierAcceptsAndKeepsNoCopy(Running running) throws IOException {
        Path bundle = Files.write(
                scratch.resolve("evidence.zip"),
                running.officer().download("/api/audit/export").body());

        assertThat(Verifier.run("verify", bundle, "--key", Verifier.key(running.home())))
                .isZero();
        Path certificate = running.home().resolve("log").resolve("manifest.pem");
        for (String wanted : List.of("outcome=answered", "from=2026-01-01&to=2999-01-01T00:00:00Z", "reference=none")) {
            Path some = Files.write(
                    scratch.resolve("some.zip"),
                    running.officer().download("/api/audit/export?" + wanted).body());
            assertThat(Verifier.run(
                            "verify", some, "--key", Verifier.key(running.home()), "--certificate", certificate))
                    .as(wanted)
                    .isZero();
        }
        // Other tests may have had the log witnessed before.
        boolean witnessed =
                running.officer().json("/api/status").at("/log/witnessed/size").isNumber();
        Map<String, Integer> statuses = Map.of(
                "from=0&to=99999999",
                400,
                "from=yesterday",
                400,
                "outcome=asked",
                400,
                "witnessed=true",
                witnessed ? 200 : 400,
                "shard=1999",
                404);
        statuses.forEach((wanted, status) -> assertThat(running.officer()
                        .call("POST", "/api/audit/export?" + wanted)
                        .statusCode())
                .as(wanted)
                .isEqualTo(status));
        assertThat(Checkout.files(running.home().resolve("run")))
                .noneMatch(file -> file.toString().endsWith(".zip"));
    }

    @Test
    void aBrowserSignsInAndChangesNothingWithoutTheHeader(Running running) {
        RestClient stranger = running.stranger();
        HttpResponse<String> wrong = stranger.send(form(stranger, "name=rita&password=wrong&code="));
        HttpResponse<String> right = stranger.send(form(
                stranger, "name=rita&code=&password=" + URLEncoder.encode(Staff.PASSWORD, StandardCharsets.UTF_8)));
        String cookie = right.headers().firstValue("Set-Cookie").orElseThrow();
        String pair = cookie.substring(0, cookie.indexOf(';'));

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(cookie).contains("HTTPOnly", "SameSite=Strict", "Path=/");
        assertThat(stranger.send(stranger.request("/").header("Cookie", pair)).statusCode())
                .isEqualTo(200);
        assertThat(stranger.send(signOut(stranger, pair)).statusCode()).isEqualTo(403);
        assertThat(stranger.send(signOut(stranger, pair).header("X-Cartulary", "1"))
                        .statusCode())
                .isEqualTo(204);
        assertThat(stranger.send(stranger.request("/api/status").header("Cookie", pair))
                        .statusCode())
                .isEqualTo(401);
    }

    private static HttpRequest.Builder signOut(RestClient client, String cookie) {
        return client.request("/api/sign-out")
                .header("Cookie", cookie)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
    }

    private static HttpRequest.Builder form(RestClient client, String fields) {
        return client.request("/sign-in")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(fields));
    }

    @Test
    void countsQueuesAndQuestionsWithoutNamingThem(Running running) {
        running.client().ask(VISITOR_LOGS, "demo");
        String metrics = running.client().get("/metrics").body();

        assertThat(metrics)
                .contains("cartulary_ingest_queued_limit 100000", "cartulary_worker_requests_waiting{role=\"chat\"}")
                .containsPattern("cartulary_questions_total\\{entry=\"answered\"} [1-9]")
                .doesNotContain("visitors", "demo");
    }

    @Test
    void forbidsABrowserToLoadAnythingFromElsewhere(Running running) {
        HttpResponse<String> page = running.client().get("/");

        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'")
                .doesNotContain("unsafe", "http:", "https:", "*");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    private static long entries(Running running) {
        return running.client().json("/api/status").path("log").path("size").asLong();
    }
}
