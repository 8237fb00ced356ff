package org.cartulary.appliance.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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

/** What the house says of documents, and what questions find then, over REST. */
@ExtendWith(SharedAppliance.class)
class InForceJourneyTest {
    private static final String OLD = "Visitors leave the ward at seven in the evening.";
    private static final String NEW = "Visitors leave the ward at eight in the evening.";
    private static final String QUESTION = "When do visitors leave the ward?";
    private static String older;
    private static String newer;

    private final Running running;
    private final RestClient tess;

    InForceJourneyTest(Running running) {
        this.running = running;
        this.tess = running.client();
    }

    @BeforeAll
    static void takeIn(Running running) {
        RestClient tess = running.client();
        assertThat(tess.post("/api/collections", "{\"name\":\"in-force\"}").statusCode())
                .isEqualTo(201);
        older = written(tess, "2021.txt", OLD);
        newer = written(tess, "2026.txt", NEW);
        HttpResponse<String> described = describe(
                tess,
                newer,
                "{\"effectiveOn\":\"2026-01-01\",\"reviewOn\":\"2026-02-01\",\"site\":\"north\",\"supersedes\":[\"2021.txt\"]}");
        assertThat(described.statusCode()).as(described.body()).isEqualTo(200);
    }

    @Test
    void answersFromWhatIsInForceAndSaysHowItStands() {
        JsonNode answer = RestClient.parsed(tess.ask(QUESTION, "in-force").body());
        assertThat(answer.path("answer").asText()).contains("eight").doesNotContain("seven");
        JsonNode standing = answer.at("/citations/0/standing");
        assertThat(standing.path("standing").asText()).isEqualTo("in-force");
        assertThat(standing.path("effectiveOn").asText()).isEqualTo("2026-01-01");
        assertThat(standing.path("reviewDue").asBoolean()).isTrue();
        assertThat(standing.path("site").asText()).isEqualTo("north");
    }

    @Test
    void findsWhatIsSupersededOnRequestOnlyAndMarked() {
        assertThat(found("{}")).containsExactly("2026.txt in-force");
        assertThat(found("{\"standings\":[\"superseded\"]}")).containsExactly("2021.txt superseded");
        assertThat(found("{\"standings\":[\"superseded\",\"in-force\"]}"))
                .containsExactlyInAnyOrder("2026.txt in-force", "2021.txt superseded");
        assertThat(found("{\"on\":\"2025-12-31\"}")).containsExactly("2021.txt in-force");
        assertThat(found("{\"sites\":[\"south\"],\"on\":\"2025-12-31\"}")).containsExactly("2021.txt in-force");
        assertThat(found("{\"sites\":[\"south\"]}")).isEmpty();
    }

    @Test
    void tellsWhatIsSaidOfADocument() {
        JsonNode details = tess.json("/api/documents/" + newer + "/details");
        assertThat(details.at("/details/supersedes/0").asText()).isEqualTo("2021.txt");
        assertThat(tess.json("/api/documents/" + older + "/details")
                        .at("/standing/supersededOn")
                        .asText())
                .isEqualTo("2026-01-01");
    }

    @Test
    void refusesWhatMakesNoSense() {
        HttpResponse<String> circle = describe(tess, older, "{\"supersedes\":[\"2026.txt\"]}");
        assertThat(circle.statusCode()).isEqualTo(409);
        assertThat(circle.body()).contains("supersede itself");
        HttpResponse<String> backwards =
                describe(tess, newer, "{\"effectiveOn\":\"2026-02-01\",\"expiresOn\":\"2026-01-01\"}");
        assertThat(backwards.statusCode()).isEqualTo(400);
        assertThat(backwards.body()).contains("cannot expire");
        assertThat(search("{\"standings\":[\"valid\"]}").statusCode()).isEqualTo(400);
        assertThat(search("{\"standings\":[\"valid\"]}").body()).contains("in-force, not-yet, draft");
        assertThat(search("{\"on\":\"yesterday\"}").statusCode()).isEqualTo(400);
    }

    @Test
    void whoOnlyReadsMayNotSayAnything() {
        Staff staff = new Staff(running.appliance());
        Identity reader = staff.person("in-force-reader", Role.READER, Role.CURATOR);
        String grant = "/api/collections/in-force/grants/read/" + reader.id().id();
        assertThat(tess.call("PUT", grant).statusCode()).isEqualTo(204);
        RestClient his = tess.withToken(staff.key(reader));
        assertThat(describe(his, newer, "{\"draft\":true}").statusCode()).isEqualTo(403);
        assertThat(his.get("/api/documents/" + newer + "/details").statusCode()).isEqualTo(200);
        assertThat(found("{}")).containsExactly("2026.txt in-force");
    }

    private List<String> found(String scope) {
        HttpResponse<String> response = search(scope);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return StreamSupport.stream(
                        RestClient.parsed(response.body()).path("hits").spliterator(), false)
                .map(hit -> hit.path("document").asText() + " "
                        + hit.at("/standing/standing").asText())
                .toList();
    }

    private HttpResponse<String> search(String scope) {
        return tess.post(
                "/api/search", "{\"query\":\"" + QUESTION + "\",\"collection\":\"in-force\",\"scope\":" + scope + "}");
    }

    private static String written(RestClient client, String path, String text) {
        return client.upload("in-force", path, text.getBytes(StandardCharsets.UTF_8))
                .path("document")
                .asText();
    }

    private static HttpResponse<String> describe(RestClient client, String document, String details) {
        return client.send(client.request("/api/documents/" + document + "/details")
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(details)));
    }
}
