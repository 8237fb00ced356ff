package org.cartulary.appliance.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.cartulary.appliance.testing.CommandProcess;
import org.cartulary.appliance.testing.CommandProcess.Outcome;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which models may word answers; what comes of it is in {@code FaultTest}. */
@ExtendWith(SharedAppliance.class)
final class PromotionsTest {
    @Test
    void promotesAChatModelUntilThatIsTakenBack(Running running) {
        RestClient client = running.client();
        String chat = client.json("/api/status").at("/inference/chat/sha256").asText();

        Outcome promoted = CommandProcess.run(running.home(), "models", "promote", chat.substring(0, 12));
        assertThat(promoted.exitCode()).as(promoted.err()).isZero();
        assertThat(model(client, chat).path("promoted").asBoolean()).isTrue();

        assertThat(CommandProcess.run(running.home(), "models", "demote", chat.substring(0, 12))
                        .exitCode())
                .isZero();
        assertThat(model(client, chat).path("promoted").asBoolean()).isFalse();
    }

    @Test
    void promotesNothingThatWordsNoAnswers(Running running) {
        RestClient client = running.client();
        String embedder =
                client.json("/api/status").at("/inference/embedding/sha256").asText();

        HttpResponse<String> refused = client.put("/api/models/" + embedder + "/promotion", "{}");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("is no chat model");

        HttpResponse<String> unknown = client.put("/api/models/nowhere/promotion", "{}");
        assertThat(unknown.statusCode()).isBetween(400, 499);
        assertThat(unknown.body()).contains("nowhere");
    }

    private static JsonNode model(RestClient client, String sha256) {
        for (JsonNode model : client.json("/api/models").path("models")) {
            if (model.path("sha256").asText().equals(sha256)) {
                return model;
            }
        }
        throw new AssertionError("no model " + sha256);
    }
}
