package org.cartulary.appliance.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is on record can be made again. */
@Timeout(120)
@ExtendWith(SharedAppliance.class)
final class ReplayingTest {
    private final RestClient client;
    private final RestClient officer;

    ReplayingTest(SharedAppliance.Running running) {
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
