package org.cartulary.appliance.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.appliance.testing.Staff;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What questions are understood to say, over REST. */
@ExtendWith(SharedAppliance.class)
class UnderstandingJourneyTest {
    private static final String SYNONYMS = "/api/collections/understood/synonyms";

    private final Running running;
    private final RestClient tess;

    UnderstandingJourneyTest(Running running) {
        this.running = running;
        this.tess = running.client();
    }

    @BeforeAll
    static void takeIn(Running running) {
        RestClient tess = running.client();
        assertThat(tess.post("/api/collections", "{\"name\":\"understood\"}").statusCode())
                .isEqualTo(201);
        write(tess, "codes.txt", "J01GB03 is kept in the refrigerator of the pharmacy.");
        write(tess, "icu.txt", "The intensive care unit admits visitors after a call.");
        write(tess, "kitchen.txt", "The kitchen of the pharmacy keeps antibiotics in a cupboard.");
    }

    @Test
    void aSearchSaysHowItWasUnderstood() {
        JsonNode found = search("\"query\":\"Where are the antibiotics J01GB03 kept in the pharmacy?\"");
        assertThat(found.at("/hits/0/document").asText()).isEqualTo("codes.txt");
        assertThat(found.at("/understood/0/kind").asText()).isEqualTo("identifier");
        assertThat(found.at("/understood/0/text").asText()).isEqualTo("J01GB03");
    }

    @Test
    void anAnswerSaysHowAFollowUpWasUnderstood() {
        HttpResponse<String> answered = tess.post(
                "/api/ask",
                "{\"collection\":\"understood\",\"question\":\"And the kitchen?\","
                        + "\"earlier\":[\"Where does the pharmacy keep antibiotics?\"]}");
        JsonNode answer = RestClient.parsed(answered.body());
        assertThat(answer.at("/understood/0/kind").asText()).isEqualTo("follow-up");
        assertThat(answer.at("/understood/0/text").asText()).contains("kitchen").contains("antibiotics");
    }

    @Test
    void wordsAreLeftOutOnRequestAndLanguagesAreStated() {
        assertThat(paths(search("\"query\":\"pharmacy\",\"without\":[\"kitchen\"]")))
                .contains("codes.txt")
                .doesNotContain("kitchen.txt");
        assertThat(paths(search("\"query\":\"\\\"care unit\\\"\",\"exact\":true")))
                .containsExactly("icu.txt");
        assertThat(search("\"query\":\"pharmacy\",\"language\":\"de\"")
                        .at("/understood/0/kind")
                        .asText())
                .isEqualTo("language");
        assertThat(tess.post("/api/search", "{\"collection\":\"understood\",\"query\":\"x\",\"language\":\"!\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void synonymsAreKeptByThoseWhoMayWriteAndCountAtTheNextQuestion() {
        assertThat(set(tess, "{\"lines\":[[\"ICU\",\"intensive care unit\"]]}").statusCode())
                .isEqualTo(200);
        assertThat(tess.json(SYNONYMS).at("/lines/0/1").asText()).isEqualTo("intensive care unit");
        JsonNode found = search("\"query\":\"Who may enter the ICU?\"");
        assertThat(found.at("/hits/0/document").asText()).isEqualTo("icu.txt");
        assertThat(found.at("/understood/0/kind").asText()).isEqualTo("synonym");
        assertThat(set(tess, "{\"lines\":[[\"ICU\"]]}").body()).contains("Line 1");
        Staff staff = new Staff(running.appliance());
        Identity rita = staff.person("synonym-reader", Role.READER);
        HttpResponse<String> hers = set(running.client().withToken(staff.key(rita)), "{\"lines\":[]}");
        assertThat(hers.statusCode()).isEqualTo(403);
    }

    @Test
    void aListOfSynonymsIsReadBackAsItWasPut() {
        ArrayNode lines = RestClient.JSON.createArrayNode();
        lines.addArray()
                .add("\"ICU\"")
                .add("back\\slash")
                .add("<b>bold</b> & 'more'")
                .add("100 % {x} $1 \\u0041");
        lines.addArray()
                .add("Übergabe")
                .add("U\u0308bergabe")
                .add("шина")
                .add("病棟")
                .add("ペースメーカー");
        lines.addArray()
                .add("\ud83d\ude91 ambulance")
                .add("a\tb")
                .add("n\u00ba\u00a05")
                .add("#5")
                .add("\u200frtl");
        lines.addArray().add("x".repeat(100)).add("null").add("-1").add("[]");
        String body = RestClient.JSON.createObjectNode().set("lines", lines).toString();

        HttpResponse<String> put = set(tess, body);
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        assertThat(RestClient.parsed(put.body()).path("lines")).isEqualTo(lines);
        assertThat(tess.json(SYNONYMS)).isEqualTo(RestClient.parsed(body));
        assertThat(set(tess, tess.get(SYNONYMS).body()).body()).isEqualTo(put.body());
        assertThat(paths(search("\"query\":\"pharmacy\""))).contains("codes.txt");
    }

    @Test
    void synonymsThatCannotBeKeptAreRefusedAndTheListOfBeforeStays() {
        String before = "{\"lines\":[[\"ward\",\"unit\"]]}";
        assertThat(set(tess, before).statusCode()).isEqualTo(200);
        for (String bad :
                List.of("a,b", "a\\nb", "a\\rb", "a\\u0000b", "a\\ud83d", "\\ude91b", "", " ", "x".repeat(101))) {
            assertRefused(set(tess, "{\"lines\":[[\"ok\",\"fine\"],[\"ok\",\"" + bad + "\"]]}"), "Line 2");
        }
        assertThat(tess.json(SYNONYMS)).isEqualTo(RestClient.parsed(before));
    }

    @Test
    void aNullInAListIsRefusedInWords() {
        String query = "{\"collection\":\"understood\",\"query\":\"pharmacy\",";
        assertRefused(tess.post("/api/search", query + "\"without\":[null]}"), "without");
        assertRefused(tess.post("/api/search", query + "\"scope\":{\"sites\":[null]}}"), "sites");
        assertRefused(tess.post("/api/search", query + "\"scope\":{\"standings\":[null]}}"), "standings");
        assertRefused(tess.post("/api/search", query + "\"scope\":{\"fields\":{\"a\":null}}}"), "fields");
        assertRefused(
                tess.post("/api/ask", "{\"collection\":\"understood\",\"question\":\"pharmacy?\",\"earlier\":[null]}"),
                "earlier");
        for (String lines : List.of("null", "[null]", "[[\"ICU\",null]]")) {
            assertRefused(set(tess, "{\"lines\":" + lines + "}"), "lines");
        }
    }

    private static void assertRefused(HttpResponse<String> response, String parameter) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(RestClient.parsed(response.body()).path("detail").asText()).contains(parameter);
    }

    private JsonNode search(String fields) {
        HttpResponse<String> found = tess.post("/api/search", "{\"collection\":\"understood\"," + fields + "}");
        assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
        return RestClient.parsed(found.body());
    }

    private static List<String> paths(JsonNode found) {
        return StreamSupport.stream(found.path("hits").spliterator(), false)
                .map(hit -> hit.path("document").asText())
                .toList();
    }

    private static HttpResponse<String> set(RestClient client, String body) {
        return client.send(client.request(SYNONYMS)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static void write(RestClient client, String path, String text) {
        client.upload("understood", path, text.getBytes(StandardCharsets.UTF_8));
    }
}
