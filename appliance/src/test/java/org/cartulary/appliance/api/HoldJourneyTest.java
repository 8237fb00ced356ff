package org.cartulary.appliance.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.appliance.testing.Staff;
import org.cartulary.compliance.people.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is held is neither replaced nor deleted until two people release it. */
@ExtendWith(SharedAppliance.class)
class HoldJourneyTest {
    @Test
    void aHeldCollectionKeepsItsDocuments(Running running) {
        RestClient curator = running.client();
        curator.post("/api/collections", "{\"name\":\"held\"}");
        assertThat(uploaded(curator, "The spare key hangs on hook 14.")).isEqualTo("ready");
        String collection = collection(curator);
        String wanted = "{\"kind\":\"collection\",\"value\":\"" + collection
                + "\",\"reason\":\"The claim of a family, file 117.\",\"reviewOn\":\""
                + LocalDate.now(ZoneOffset.UTC).plusDays(30) + "\"}";
        assertThat(curator.post("/api/holds", wanted).statusCode()).isEqualTo(403);
        HttpResponse<String> placed = running.officer().post("/api/holds", wanted);
        assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
        String hold = RestClient.parsed(placed.body()).path("id").asText();

        JsonNode refused = curator.upload("held", "keys.txt", "Hook 15 now.".getBytes(StandardCharsets.UTF_8));
        assertThat(refused.path("state").asText()).isEqualTo("failed");
        assertThat(refused.toString()).contains("under a hold").doesNotContain("file 117");
        Staff staff = new Staff(running.appliance());
        RestClient one = curator.withToken(staff.key(staff.person("hanna", Role.ADMINISTRATOR)));
        RestClient other = curator.withToken(staff.key(staff.person("henry", Role.ADMINISTRATOR)));
        String deletion = act(one, "delete-collection", "{\"collection\":\"held\"}");
        HttpResponse<String> approved = other.post("/api/acts/" + deletion + "/approve", "{}");
        assertThat(approved.statusCode()).as(approved.body()).isEqualTo(409);
        assertThat(approved.body()).contains("under a hold");

        String release = act(one, "release-hold", "{\"hold\":\"" + hold + "\"}");
        assertThat(running.officer()
                        .post("/api/acts/" + release + "/approve", "{}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(running.officer().json("/api/holds").toString()).doesNotContain(hold);
        assertThat(other.post("/api/acts/" + deletion + "/approve", "{}").statusCode())
                .isEqualTo(200);
    }

    private static String uploaded(RestClient client, String text) {
        return client.upload("held", "keys.txt", text.getBytes(StandardCharsets.UTF_8))
                .path("state")
                .asText();
    }

    private static String collection(RestClient client) {
        for (JsonNode one : client.json("/api/collections").path("collections")) {
            if (one.path("name").asText().equals("held")) {
                return one.path("id").asText();
            }
        }
        throw new AssertionError("The collection is not listed");
    }

    private static String act(RestClient client, String kind, String parameters) {
        HttpResponse<String> request = client.post(
                "/api/acts",
                "{\"kind\":\"" + kind + "\",\"reason\":\"As the officer decided.\",\"parameters\":" + parameters + "}");
        assertThat(request.statusCode()).as(request.body()).isEqualTo(201);
        return RestClient.parsed(request.body()).path("id").asText();
    }
}
