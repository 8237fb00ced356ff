package org.cartulary.appliance.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.appliance.testing.Staff;
import org.cartulary.appliance.testing.StoppedLog;
import org.cartulary.appliance.testing.Wait;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A log that cannot be written: nothing is answered, and by policy documents are searched and opened all the same. */
@ExtendWith(SharedAppliance.class)
class LibraryJourneyTest {
    private static final String QUESTION = "How long are visitor logs kept?";

    private final Running running;
    private final RestClient tess;

    LibraryJourneyTest(Running running) {
        this.running = running;
        this.tess = running.client();
    }

    @Test
    void documentsStayOpenWhileNothingIsAnsweredAndWhatWasSeenIsRecordedLater() {
        long before = tess.json("/api/status").at("/log/size").asLong();
        try (StoppedLog stopped = StoppedLog.of(running)) {
            refusesToAnswer();
            searchesAndOpens();
            signsIn();
            assertThat(stopped.status().at("/library/open").asBoolean()).isTrue();
            assertThat(stopped.status().at("/library/notes").asInt()).isPositive();
        }
        Wait.until("the log shows what was noted", () -> noted(before).equals(List.of("search", "open", "open")));
        assertThat(types(before)).contains("signed-in");
        assertThat(tess.json("/api/status").at("/log/library/open").asBoolean()).isFalse();
        assertThat(tess.ask(QUESTION, "demo").statusCode()).isEqualTo(200);
    }

    private void refusesToAnswer() {
        HttpResponse<String> asked = tess.ask(QUESTION, "demo");
        assertThat(asked.statusCode()).isEqualTo(503);
        assertThat(asked.body()).contains("nothing is answered", "Documents can still be searched and opened");

        JsonNode streamed = tess.stream("/api/ask", RestClient.question(QUESTION, "demo"))
                .getLast()
                .json();
        assertThat(streamed.path("status").asInt()).isEqualTo(503);
        assertThat(streamed.path("detail").asText()).contains("Documents can still be searched and opened");

        HttpResponse<String> completed = tess.post(
                "/v1/chat/completions",
                "{\"model\":\"cartulary:demo\",\"messages\":[{\"role\":\"user\",\"content\":\"" + QUESTION + "\"}]}");
        assertThat(completed.statusCode()).isEqualTo(503);
        assertThat(completed.body()).contains("Documents can still be searched and opened");
    }

    private void searchesAndOpens() {
        HttpResponse<String> found =
                tess.post("/api/search", "{\"query\":\"" + QUESTION + "\",\"collection\":\"demo\"}");
        assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
        JsonNode hit = RestClient.parsed(found.body()).at("/hits/0");
        assertThat(hit.path("text").asText()).contains("90 days");

        String document = "/api/documents/" + hit.path("documentId").asText();
        HttpResponse<String> passage =
                tess.get(document + "/passages/" + hit.path("passage").asText());
        assertThat(passage.statusCode()).as(passage.body()).isEqualTo(200);
        HttpResponse<byte[]> original = tess.bytes(document + "/original");
        assertThat(original.statusCode()).isEqualTo(200);
        assertThat(original.body()).isNotEmpty();
    }

    private void signsIn() {
        RestClient stranger = running.stranger();
        String password = URLEncoder.encode(Staff.PASSWORD, StandardCharsets.UTF_8);
        HttpResponse<String> signedIn = stranger.send(stranger.request("/sign-in")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("name=rita&code=&password=" + password)));
        assertThat(signedIn.headers().firstValue("Set-Cookie").orElse("")).contains("cartulary_session=");
    }

    /** The acts, in the order of their numbers, whose entries all say when they were noted. */
    private List<String> noted(long from) {
        Set<Long> numbers = new TreeSet<>();
        for (JsonNode entry : entries(from)) {
            if (entry.path("type").asText().equals("asked")) {
                numbers.add(entry.path("number").asLong());
            }
        }
        List<String> acts = new ArrayList<>();
        for (long number : numbers) {
            JsonNode record =
                    running.officer().json("/api/audit/questions/" + number).path("entries");
            if (record.findValues("noted").size() == record.size()) {
                acts.add(record.at("/0/leaf/act").asText());
            }
        }
        return acts;
    }

    private List<String> types(long from) {
        return entries(from).findValuesAsText("type");
    }

    private JsonNode entries(long from) {
        return running.officer()
                .json("/api/audit/entries?limit=1000&from=" + from)
                .path("entries");
    }
}
