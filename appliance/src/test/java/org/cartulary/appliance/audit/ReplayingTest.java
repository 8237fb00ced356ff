package org.cartulary.appliance.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.cartulary.appliance.Appliance;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is on record can be made again. */
@Timeout(120)
@ExtendWith(SharedAppliance.class)
final class ReplayingTest {
    private final RestClient client;
    private final RestClient officer;
    private final Appliance appliance;

    ReplayingTest(SharedAppliance.Running running) {
        this.appliance = running.appliance();
        this.client = running.client();
        this.officer = running.officer();
    }

    @Test
    void makesARecordedCompletionAgain() throws Exception {
        String model = client.json("/v1/models").path("data").get(0).path("id").asText();
        String request = RestClient.JSON
                .createObjectNode()
                .put("model", model)
                .put("max_tokens", 12)
                .put("temperature", 0.8)
                .put("seed", 7)
                .set("messages", RestClient.JSON.readTree("[{\"role\":\"user\",\"content\":\"Name a colour.\"}]"))
                .toString();
        long before = lastAnswered();
        assertThat(client.post("/v1/chat/completions", request).statusCode()).isEqualTo(200);
        HttpResponse<String> reply = officer.post("/api/audit/replay/" + answeredAfter(before), "{}");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        JsonNode replay = RestClient.JSON.readTree(reply.body());
        // Alone on the machine it repeats; beside other answers its numbers were summed in another order.
        assertThat(replay.path("grade").asText()).matches("identical|same to token \\d+");
        assertThat(replay.path("recordedTokens").asInt()).isBetween(1, 12);
        assertThat(replay.path("kernel").asText()).startsWith("llama.cpp");
    }

    @Test
    void saysWhyThereIsNothingToReplay() {
        long before = lastAnswered();
        client.ask("How long do we keep visitor logs?", "demo");
        HttpResponse<String> quoted = officer.post("/api/audit/replay/" + answeredAfter(before), "{}");
        assertThat(quoted.statusCode()).isEqualTo(409);
        assertThat(quoted.body()).contains("no generated text on record");
        assertThat(officer.post("/api/audit/replay/999999999", "{}").statusCode())
                .isEqualTo(404);
    }

    /** Apart from the hits, of which a source may be none. */
    @Test
    void keepsWhatWasShownByTheNumbersUnderWhichItIsCited() {
        JsonNode answer = RestClient.parsed(client.ask(
                        "Adults shared an open bay with a patient who turned out to have meningococcal disease. Which"
                                + " medicine are they offered, and at what dose?",
                        "demo")
                .body());
        JsonNode citations = answer.path("citations");
        assertThat(citations).as(answer.toString()).hasSize(2);
        long number = Long.parseLong(answer.path("receipt").asText().replaceAll("\\D", ""));
        JsonNode sealed = retrieved(number);
        assertThat(sealed.path("sources")).hasSize(2).allSatisfy(source -> {
            JsonNode cited = citations.path(source.path("n").asInt() - 1);
            assertThat(cited.path("n")).isEqualTo(source.path("n"));
            assertThat(cited.path("documentId")).isEqualTo(source.path("document"));
            String text = text(source).replaceAll("\\s*\\n\\s*", "\n");
            assertThat(cited.path("quote").asText().split(" … ")).isNotEmpty().allMatch(text::contains);
        });
        assertThat(sealed.path("quotes"))
                .isNotEmpty()
                .allSatisfy(quote -> assertThat(sealed.path("sources"))
                        .anyMatch(source -> source.path("passage").equals(quote.path("passage"))
                                && source.path("start").asInt()
                                        <= quote.path("start").asInt()
                                && quote.path("end").asInt()
                                        <= source.path("end").asInt()));

        JsonNode again = RestClient.parsed(
                officer.post("/api/audit/replay-search/" + number, "{}").body());
        assertThat(again.path("grade").asText()).as(again.toString()).isEqualTo("exact");
        assertThat(again.path("hits").asInt()).isEqualTo(sealed.path("hits").size());
    }

    @Test
    void keepsNoSourcesOfAnAnswerThatWasNotGiven() {
        JsonNode answer = RestClient.parsed(client.ask("What does a dog licence cost a resident of Marrowby?", "demo")
                .body());
        assertThat(answer.path("outcome").asText()).isEqualTo("abstained");
        JsonNode sealed =
                retrieved(Long.parseLong(answer.path("receipt").asText().replaceAll("\\D", "")));
        assertThat(sealed.has("sources")).isFalse();
        assertThat(sealed.path("hits")).isNotEmpty();
    }

    /** What is sealed in the entry {@code retrieved} of a question. */
    private JsonNode retrieved(long number) {
        return appliance
                .get(Jdbi.class)
                .inTransaction(handle -> appliance.get(EvidenceLog.class).opened(handle, number))
                .stream()
                .filter(entry -> entry.type() == EntryType.RETRIEVED)
                .flatMap(entry -> entry.sealed().stream())
                .findFirst()
                .orElseThrow();
    }

    /** What stands at the place of a source. */
    private String text(JsonNode source) {
        return appliance
                .get(Jdbi.class)
                .withHandle(handle -> handle.createQuery(
                                "SELECT text FROM retrieval.document_texts WHERE document = CAST(:id AS uuid)")
                        .bind("id", source.path("document").asText())
                        .mapTo(String.class)
                        .one()
                        .substring(
                                source.path("start").asInt(), source.path("end").asInt()));
    }

    /** The log publishes a moment after the answer. */
    private long answeredAfter(long before) {
        long number = lastAnswered();
        while (number <= before) {
            number = lastAnswered();
        }
        return number;
    }

    private long lastAnswered() {
        long size =
                officer.json("/api/audit/entries?from=0&limit=1").path("size").asLong();
        JsonNode entries = officer.json("/api/audit/entries?from=" + Math.max(0, size - 20) + "&limit=20");
        long number = -1;
        for (JsonNode entry : entries.path("entries")) {
            number = entry.path("type").asText().equals("answered")
                    ? entry.path("number").asLong()
                    : number;
        }
        return number;
    }
}
