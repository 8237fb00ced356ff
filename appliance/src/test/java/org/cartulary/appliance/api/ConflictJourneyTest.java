package org.cartulary.appliance.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.cartulary.appliance.testing.CommandProcess;
import org.cartulary.appliance.testing.CommandProcess.Outcome;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two documents in force that disagree, over REST and in the command line. */
@ExtendWith(SharedAppliance.class)
class ConflictJourneyTest {
    private static final String QUESTION = "How long are visitor logs kept?";

    @Test
    void showsBothSidesUntilOneIsNoLongerInForce(Running running) {
        RestClient tess = running.client();
        assertThat(tess.post("/api/collections", "{\"name\":\"disagreeing\"}").statusCode())
                .isEqualTo(201);
        write(tess, "reception.txt", "At the reception, visitor logs are kept for 90 days.");
        String older = write(tess, "porters.txt", "Visitor logs are kept for 30 days.");

        JsonNode answer = RestClient.parsed(tess.ask(QUESTION, "disagreeing").body());
        assertThat(answer.path("outcome").asText()).isEqualTo("answered");
        JsonNode conflict = answer.path("conflicts").path(0);
        assertThat(conflict.findValuesAsText("document")).containsExactlyInAnyOrder("reception.txt", "porters.txt");
        assertThat(conflict.path("difference").asText()).contains("90 day").contains("30 day");
        assertThat(search(tess).path("conflicts")).hasSize(1);

        Outcome printed = CommandProcess.run(running.home(), "ask", QUESTION, "--collection", "disagreeing");
        assertThat(printed.exitCode()).as(printed.err()).isZero();
        assertThat(printed.out()).contains("Documents in force differ", "reception.txt", "porters.txt");

        assertThat(tess.put("/api/documents/" + older + "/details", "{\"expiresOn\":\"2024-12-31\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(RestClient.parsed(tess.ask(QUESTION, "disagreeing").body()).path("conflicts"))
                .isEmpty();
        assertThat(search(tess).path("conflicts")).isEmpty();
    }

    private static JsonNode search(RestClient client) {
        return RestClient.parsed(
                client.post("/api/search", "{\"query\":\"" + QUESTION + "\",\"collection\":\"disagreeing\"}")
                        .body());
    }

    private static String write(RestClient client, String path, String text) {
        return client.upload("disagreeing", path, text.getBytes(StandardCharsets.UTF_8))
                .path("document")
                .asText();
    }
}
