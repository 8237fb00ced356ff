package org.cartulary.appliance.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.appliance.testing.Staff;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An emergency from its opening to its review, by REST. */
@ExtendWith(SharedAppliance.class)
class EmergencyJourneyTest {
    private static final String REASON = "A patient of ward 3 collapsed in the lobby.";
    private static final String REMARK = "She was the only one on duty.";

    @Test
    void isOpenedUsedAndReviewed(Running running) {
        Staff staff = new Staff(running.appliance());
        Identity emma = staff.person("emma", Role.READER);
        RestClient her = running.client().withToken(staff.key(emma));
        assertThat(running.client()
                        .call(
                                "PUT",
                                "/api/collections/demo/grants/emergency/"
                                        + emma.id().id())
                        .statusCode())
                .isEqualTo(204);
        assertThat(search(her).statusCode()).isEqualTo(404);
        JsonNode opened = opened(her);
        String id = opened.path("id").asText();
        assertThat(search(her).statusCode()).isEqualTo(200);
        assertThat(her.json("/api/emergencies").path("emergencies"))
                .anyMatch(own -> own.path("id").asText().equals(id));
        assertThat(her.post("/api/emergencies/" + id + "/close", "{}").statusCode())
                .isEqualTo(200);

        JsonNode waiting = find(running.officer().json("/api/emergencies/to-review"), id);
        assertThat(waiting.path("reason").asText()).isEqualTo(REASON);
        assertThat(waiting.path("destroyed").asBoolean()).isFalse();
        assertThat(waiting.path("verdict").isNull()).isTrue();
        JsonNode used = running.officer().json("/api/emergencies/" + id);
        assertThat(used.path("reason").asText()).isEqualTo(REASON);
        assertThat(used.path("questions")).hasSize(1);
        assertThat(used.path("questions").path(0).path("number").asLong())
                .isGreaterThan(opened.path("number").asLong());
        assertThat(used.path("destroyedQuestions").asInt()).isZero();

        String finding = RestClient.JSON
                .createObjectNode()
                .put("justified", true)
                .put("remark", REMARK)
                .toString();
        assertThat(her.post("/api/emergencies/" + id + "/review", finding).statusCode())
                .isEqualTo(403);
        assertThat(running.officer()
                        .post("/api/emergencies/" + id + "/review", finding)
                        .statusCode())
                .isEqualTo(200);
        assertThat(find(running.officer().json("/api/emergencies/to-review"), id)
                        .isMissingNode())
                .isTrue();
        JsonNode reviewed = find(running.officer().json("/api/emergencies/reviewed"), id);
        assertThat(reviewed.path("verdict").asText()).isEqualTo("justified");
        assertThat(reviewed.path("reviewer").asText()).isEqualTo("olga");
        assertThat(reviewed.path("reviewedAt").isTextual()).isTrue();
        assertThat(reviewed.path("reason").asText()).isEqualTo(REASON);
        assertThat(reviewed.path("remark").asText()).isEqualTo(REMARK);
    }

    @Test
    void whatWasReviewedIsReadPageByPage(Running running) {
        Staff staff = new Staff(running.appliance());
        Identity ella = staff.person("ella", Role.READER);
        RestClient her = running.client().withToken(staff.key(ella));
        assertThat(running.client()
                        .call(
                                "PUT",
                                "/api/collections/demo/grants/emergency/"
                                        + ella.id().id())
                        .statusCode())
                .isEqualTo(204);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String id = opened(her).path("id").asText();
            assertThat(running.officer()
                            .post("/api/emergencies/" + id + "/review", "{\"justified\":false}")
                            .statusCode())
                    .isEqualTo(200);
            expected.addFirst(id);
        }
        List<String> read = new ArrayList<>();
        JsonNode page = running.officer().json("/api/emergencies/reviewed?limit=1");
        while (!page.path("next").isNull()) {
            page.path("emergencies")
                    .forEach(reviewed -> read.add(reviewed.path("id").asText()));
            page = running.officer()
                    .json("/api/emergencies/reviewed?limit=1&before="
                            + page.path("next").asLong());
        }
        assertThat(read).startsWith(expected.toArray(String[]::new)).doesNotHaveDuplicates();
    }

    @Test
    void theTermsAreTheHouses(Running running) {
        JsonNode before = running.client().json("/api/emergencies/terms");
        assertThat(terms(running.officer(), 30, 24).statusCode()).isEqualTo(403);
        HttpResponse<String> wrong = terms(running.client(), 0, 24);
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("one minute to one day");
        try {
            assertThat(terms(running.client(), 30, 24).statusCode()).isEqualTo(204);
            assertThat(running.officer().json("/api/emergencies/terms"))
                    .isEqualTo(RestClient.parsed("{\"longestMinutes\":30,\"reviewWithinHours\":24}"));
        } finally {
            assertThat(terms(
                                    running.client(),
                                    before.path("longestMinutes").asInt(),
                                    before.path("reviewWithinHours").asInt())
                            .statusCode())
                    .isEqualTo(204);
        }
    }

    private static HttpResponse<String> terms(RestClient client, int minutes, int hours) {
        return client.send(client.request("/api/emergencies/terms")
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(
                        "{\"longestMinutes\":%d,\"reviewWithinHours\":%d}".formatted(minutes, hours))));
    }

    private static JsonNode opened(RestClient client) {
        String wanted = RestClient.JSON
                .createObjectNode()
                .put("collection", "demo")
                .put("reason", REASON)
                .toString();
        HttpResponse<String> opened = client.post("/api/emergencies", wanted);
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
        return RestClient.parsed(opened.body());
    }

    private static HttpResponse<String> search(RestClient client) {
        return client.post("/api/search", "{\"query\":\"visiting hours\",\"collection\":\"demo\"}");
    }

    private static JsonNode find(JsonNode list, String id) {
        for (JsonNode emergency : list.path("emergencies")) {
            if (emergency.path("id").asText().equals(id)) {
                return emergency;
            }
        }
        return RestClient.JSON.missingNode();
    }
}
