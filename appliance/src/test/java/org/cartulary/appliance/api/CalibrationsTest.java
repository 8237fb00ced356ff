package org.cartulary.appliance.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The score from which on questions are answered: shown with its consequences, changed, and named by every answer. */
@ExtendWith(SharedAppliance.class)
class CalibrationsTest {
    private static final String ASKED = "{\"question\":\"How long do we keep visitor logs?\",\"collection\":\"demo\"}";

    /** By a hair, since other tests ask the same appliance. */
    @Test
    void changesTheThresholdForTheNextQuestion(Running running) {
        JsonNode counting = running.client().json("/api/calibrations/counting");
        assertThat(counting.path("consequences").size()).isGreaterThan(50);
        String version = counting.path("version").asText();
        double threshold = counting.path("threshold").asDouble();
        try {
            assertThat(put(running, version, threshold + 0.0001).statusCode()).isEqualTo(204);
            JsonNode answered =
                    RestClient.parsed(running.client().post("/api/ask", ASKED).body());
            assertThat(answered.path("outcome").asText()).isEqualTo("answered");
            assertThat(answered.at("/judgment/calibration").asText()).isEqualTo(version);
            assertThat(answered.at("/judgment/threshold").asDouble()).isEqualTo(threshold + 0.0001);
            assertThat(running.client()
                            .json("/api/status")
                            .at("/calibration/version")
                            .asText())
                    .isEqualTo(version);
        } finally {
            put(running, version, threshold);
        }
    }

    @Test
    void refusesAThresholdThatIsNoneAndAVersionThatIsNot(Running running) {
        assertThat(put(running, "none", 0.5).statusCode()).isEqualTo(404);
        assertThat(put(running, "none", 7).statusCode()).isEqualTo(400);
    }

    @Test
    void refusesToCalibrateOnTooFewQuestions(Running running) {
        HttpResponse<String> refused = running.client()
                .post(
                        "/api/calibrations",
                        "{\"collection\":\"demo\",\"questions\":[{\"question\":\"Who mends the roof?\",\"documents\":[]}]}");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("at least 30 questions");
        HttpResponse<String> unknown = running.client()
                .post(
                        "/api/calibrations",
                        "{\"collection\":\"demo\",\"questions\":[{\"question\":\"Who?\",\"documents\":[\"no.pdf\"]}]}");
        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(unknown.body()).contains("no.pdf");
    }

    private static HttpResponse<String> put(Running running, String version, double threshold) {
        String body = "{\"version\":\"" + version + "\",\"threshold\":" + threshold + "}";
        return running.client()
                .send(running.client()
                        .request("/api/calibrations/counting")
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }
}
