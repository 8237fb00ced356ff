package org.cartulary.appliance.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.appliance.testing.Wait;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.yaml.snakeyaml.Yaml;

/**
 * Every call that returns document text or model output has {@code asked} and an entry that ends it. The OpenAPI document is
 * walked, so that no route is forgotten: what a document says is looked for in whatever each of them returns.
 */
@ExtendWith(SharedAppliance.class)
class TextOnRecordTest {
    private static final String COLLECTION = "canary";
    private static final String CANARY = "The purple tapir sleeps behind the autoclave.";
    private static final String WORD = "purple tapir";

    private static final Set<String> ENDS =
            Set.of("answered", "abstained", "refused", "failed", "cancelled", "interrupted");

    /** They show what is on record: an entry {@code evidence-viewed}, or the asker's own receipt of text that he was given. */
    private static final List<String> EVIDENCE = List.of("/api/audit/", "/api/emergencies/", "/api/receipts/");

    /** Operations that change something; what they return was said by their caller, or is no document's text. */
    private static final List<String> ADMINISTRATION = List.of(
            "/api/account",
            "/api/acts",
            "/api/audit",
            "/api/calibrations",
            "/api/collections",
            "/api/documents/{id}/details",
            "/api/documents/{id}/marks",
            "/api/emergencies",
            "/api/groups",
            "/api/holds",
            "/api/index",
            "/api/keys",
            "/api/labels",
            "/api/levels",
            "/api/models",
            "/api/people",
            "/api/purposes",
            "/api/quotas",
            "/api/retention",
            "/api/second-factor",
            "/api/sign-out");

    private static final String ASK = RestClient.question("Where does the purple tapir sleep?", COLLECTION);
    private static final String SEARCH = "{\"query\":\"tapir autoclave\",\"collection\":\"" + COLLECTION + "\"}";

    /** Operations that are asked something, with what they are sent. */
    private static final Map<String, String> QUESTIONS = new LinkedHashMap<>();

    static {
        QUESTIONS.put("/api/ask", ASK);
        QUESTIONS.put("/api/search", SEARCH);
        QUESTIONS.put(
                "/v1/chat/completions",
                "{\"model\":\"cartulary:" + COLLECTION
                        + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Where does the purple tapir sleep?\"}]}");
        QUESTIONS.put("/v1/embeddings", "{\"model\":\"bge-small-en-v1.5\",\"input\":\"tapir\"}");
        QUESTIONS.put("/v1/rerank", "{\"model\":\"none\",\"query\":\"tapir\",\"documents\":[\"" + CANARY + "\"]}");
    }

    @Test
    void everyOperationThatChangesSomethingOrIsAskedSomethingIsKnownHere(Running running) {
        assertThat(operations(running, false))
                .allMatch(path ->
                        QUESTIONS.containsKey(path) || ADMINISTRATION.stream().anyMatch(path::startsWith));
    }

    @TestFactory
    Stream<DynamicTest> whatIsAskedIsOnRecord(Running running) {
        takeIn(running);
        return QUESTIONS.entrySet().stream()
                .map(question -> DynamicTest.dynamicTest(question.getKey(), () -> {
                    long before = size(running);
                    HttpResponse<String> response = running.client().post(question.getKey(), question.getValue());
                    boolean isDone = response.statusCode() == 200;
                    assertThat(isDone || response.statusCode() == 404)
                            .as(response.body())
                            .isTrue();
                    if (isDone) {
                        assertEnded(running, before, question.getKey());
                    } else {
                        assertThat(question.getKey())
                                .as("no model of that role")
                                .isEqualTo("/v1/rerank");
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatIsReadIsOnRecord(Running running) {
        Map<String, String> ids = takeIn(running);
        return operations(running, true).stream()
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    RestClient reader = path.startsWith("/api/audit") || path.startsWith("/api/emergencies")
                            ? running.officer()
                            : running.client();
                    long before = size(running);
                    String body = reader.get(filled(path, ids)).body();
                    if (body.contains(WORD) && EVIDENCE.stream().noneMatch(path::startsWith)) {
                        assertEnded(running, before, path);
                    }
                    if (path.startsWith("/api/audit/") && body.contains(WORD)) {
                        assertThat(types(running, before)).as(path).contains("evidence-viewed");
                    }
                }));
    }

    /** The walk would find nothing where the canary is never returned. */
    @Test
    void theWalkMeetsTheTextWhereItStands(Running running) {
        Map<String, String> ids = takeIn(running);
        for (String path : List.of("/api/documents/{id}/original", "/api/documents/{id}/passages/{passage}")) {
            assertThat(operations(running, true)).contains(path);
            assertThat(running.client().get(filled(path, ids)).body()).as(path).contains(WORD);
        }
        assertThat(running.officer()
                        .get(filled("/api/audit/questions/{number}", ids))
                        .body())
                .contains(WORD);
    }

    private static Map<String, String> takeIn(Running running) {
        running.client().post("/api/collections", "{\"name\":\"" + COLLECTION + "\"}");
        JsonNode job = running.client().upload(COLLECTION, "tapir.txt", CANARY.getBytes(StandardCharsets.UTF_8));
        assertThat(job.path("state").asText()).as(job.toString()).isIn("ready", "duplicate");
        JsonNode found =
                RestClient.parsed(running.client().post("/api/search", SEARCH).body());
        JsonNode answer =
                RestClient.parsed(running.client().post("/api/ask", ASK).body());
        Map<String, String> ids = new HashMap<>();
        ids.put("document", job.path("document").asText());
        ids.put("passage", found.at("/hits/0/passage").asText());
        ids.put("number", answer.path("receipt").asText().replaceAll(".*/", ""));
        assertThat(ids)
                .as(found + " " + answer)
                .allSatisfy((name, id) -> assertThat(id).as(name).isNotEmpty());
        return ids;
    }

    private static String filled(String path, Map<String, String> ids) {
        return path.replace("{name}", COLLECTION)
                        .replace("/api/documents/{id}", "/api/documents/" + ids.get("document"))
                        .replace("{passage}", String.valueOf(ids.get("passage")))
                        .replace("{number}", String.valueOf(ids.get("number")))
                        .replaceAll("\\{[a-zA-Z]+}", "none")
                + (path.equals("/api/audit/compare")
                        ? "?one=" + ids.get("number") + "&other=" + ids.get("number")
                        : "");
    }

    /** What was committed is listed a moment later, when it is published. */
    private static void assertEnded(Running running, long before, String path) {
        Wait.until(path + " is on record", () -> isEnded(entries(running, before)));
    }

    private static boolean isEnded(List<JsonNode> entries) {
        return entries.stream()
                .filter(asked -> asked.path("type").asText().equals("asked"))
                .anyMatch(asked -> entries.stream()
                        .anyMatch(end -> ENDS.contains(end.path("type").asText())
                                && end.path("number").equals(asked.path("number"))));
    }

    private static long size(Running running) {
        return running.officer().json("/api/status").at("/log/size").asLong();
    }

    private static List<String> types(Running running, long from) {
        return entries(running, from).stream()
                .map(entry -> entry.path("type").asText())
                .toList();
    }

    private static List<JsonNode> entries(Running running, long from) {
        JsonNode page = running.officer().json("/api/audit/entries?limit=1000&from=" + from);
        return page.path("entries").valueStream().toList();
    }

    /** Paths of the operations that read, or of the others. */
    private static Set<String> operations(Running running, boolean reading) {
        Map<String, Object> document =
                new Yaml().load(running.client().get("/api/openapi.yml").body());
        Set<String> found = new TreeSet<>();
        RestClient.JSON
                .valueToTree(document)
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (method.equals("get") == reading
                            && Set.of("get", "post", "put", "delete").contains(method)) {
                        found.add(path.getKey());
                    }
                }));
        return found;
    }
}
