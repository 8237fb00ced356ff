package org.cartulary.appliance.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.appliance.testing.Staff;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.policy.PolicyChange;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What was set of people and rights, as it is read back. */
@ExtendWith(SharedAppliance.class)
class ReadingBackTest {
    @Test
    void tellsWhoIsListedAndWhoIsCleared(Running running) {
        Identity lena = new Staff(running.appliance()).person("lena", Role.READER);
        String id = lena.id().id();
        made(running.client(), "/api/labels", "{\"name\":\"ward-nine\",\"kind\":\"allow\"}");
        assertThat(running.client().json("/api/labels/ward-nine/listed").path("listed"))
                .isEmpty();
        done(running.client().call("PUT", "/api/labels/ward-nine/listed/" + id));
        done(running.client().call("PUT", "/api/levels/2/cleared/" + id));

        assertThat(running.officer().json("/api/labels/ward-nine/listed").path("listed"))
                .extracting(person -> person.path("name").asText())
                .containsExactly("lena");
        assertThat(running.officer().json("/api/levels/2/cleared").path("cleared"))
                .extracting(person -> person.path("name").asText())
                .contains("lena");
        done(running.client().call("DELETE", "/api/levels/2/cleared/" + id));
        assertThat(running.officer().json("/api/levels/2/cleared").path("cleared"))
                .extracting(person -> person.path("name").asText())
                .doesNotContain("lena");
        assertThat(running.officer().get("/api/levels/99/cleared").statusCode()).isEqualTo(400);
        assertThat(running.officer().get("/api/labels/no-such/listed").statusCode())
                .isEqualTo(404);
    }

    @Test
    void tellsWhatADocumentIsMarkedWithAndWhy(Running running) {
        RestClient tess = running.client();
        made(tess, "/api/collections", "{\"name\":\"marked\"}");
        made(tess, "/api/labels", "{\"name\":\"marked-by-rule\",\"kind\":\"deny\"}");
        made(tess, "/api/labels", "{\"name\":\"marked-itself\",\"kind\":\"deny\"}");
        made(
                tess,
                "/api/collections/marked/path-rules",
                "{\"pattern\":\"staff/**\",\"labels\":[\"marked-by-rule\"],\"level\":1}");
        String document = tess.upload(
                        "marked", "staff/list.txt", "The list of the staff.".getBytes(StandardCharsets.UTF_8))
                .path("document")
                .asText();
        done(put(tess, "/api/documents/" + document + "/marks", "{\"labels\":[\"marked-itself\"],\"level\":0}"));

        JsonNode marks = tess.json("/api/documents/" + document + "/marks");
        assertThat(marks).isEqualTo(RestClient.parsed("""
                        {"own":{"labels":["marked-itself"],"level":0},
                         "byPathRules":{"labels":["marked-by-rule"],"level":1},
                         "effective":{"labels":["marked-by-rule","marked-itself"],"level":1}}"""));
        assertThat(running.officer().json("/api/documents/" + document + "/marks"))
                .isEqualTo(marks);
        JsonNode listed = tess.json("/api/collections/marked/documents").path("documents");
        assertThat(listed.path(0).path("id").asText()).isEqualTo(document);
        assertThat(listed.path(0).path("marks")).isEqualTo(marks.path("effective"));
        assertThat(tess.json("/api/documents/" + document).path("marks")).isEqualTo(marks.path("effective"));
    }

    @Test
    void whoOnlyReadsSeesNoMarks(Running running) {
        Staff staff = new Staff(running.appliance());
        Identity rosa = staff.person("rosa", Role.READER, Role.CURATOR);
        RestClient her = running.client().withToken(staff.key(rosa));
        done(running.client()
                .call("PUT", "/api/collections/demo/grants/read/" + rosa.id().id()));
        JsonNode listed = her.json("/api/collections/demo/documents?limit=1")
                .path("documents")
                .path(0);
        assertThat(listed.path("marks").isNull()).isTrue();
        assertThat(her.get("/api/documents/" + listed.path("id").asText() + "/marks")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void listsGroupsPageByPageAndFindsThemByName(Running running) {
        JsonNode ours = made(running.client(), "/api/groups", "{\"name\":\"porters\"}");
        Identity theirs = new Identity(
                new Principal("group:directory-porters"),
                Identity.Kind.GROUP,
                "directory",
                "cn=porters",
                "porters",
                "Porters",
                false);
        Authority authority = running.appliance().get(Authority.class);
        assertThat(running.appliance()
                        .get(Jdbi.class)
                        .<PolicyChange, RuntimeException>inTransaction(
                                handle -> authority.identities().add(handle, Principal.CONSOLE, theirs)))
                .isInstanceOf(PolicyChange.Made.class);
        List<String> ids = new ArrayList<>();
        JsonNode page = running.officer().json("/api/groups?limit=1");
        while (!page.path("next").isNull()) {
            page.path("groups").forEach(group -> ids.add(group.path("id").asText()));
            page = running.officer()
                    .json("/api/groups?limit=1&after=" + page.path("next").asText());
        }
        assertThat(ids).contains(ours.path("id").asText(), theirs.id().id()).doesNotHaveDuplicates();
        assertThat(running.officer().json("/api/groups/named/Porters")).isEqualTo(ours);
        assertThat(running.officer().get("/api/groups/named/tess").statusCode()).isEqualTo(404);
    }

    @Test
    void tellsOwnLimitsFromThoseThatCount(Running running) {
        Identity lars = new Staff(running.appliance()).service("lars", Role.SERVICE);
        String uri = "/api/quotas/people/" + lars.id().id();
        JsonNode before = running.client().json(uri);
        assertThat(before.path("own").isNull()).isTrue();
        assertThat(before.path("counting").path("questionsPerDay").isNull()).isTrue();
        done(put(running.client(), uri, "{\"questionsPerDay\":7}"));
        assertThat(running.client()
                        .json(uri)
                        .path("own")
                        .path("questionsPerDay")
                        .asInt())
                .isEqualTo(7);
        assertThat(running.client().json(uri).path("counting"))
                .isEqualTo(running.client().json(uri).path("own"));
        done(running.client().call("DELETE", uri));
        assertThat(running.client().json(uri)).isEqualTo(before);
    }

    @Test
    void tellsWhatAnActWantsToKnowAndHowItStands(Running running) {
        JsonNode kinds = running.client().json("/api/acts/kinds").path("kinds");
        assertThat(kinds)
                .filteredOn(kind -> kind.path("parameters").isEmpty())
                .extracting(kind -> kind.path("kind").asText())
                .containsExactly("rotate-log-key");
        assertThat(kinds)
                .filteredOn(kind -> kind.path("kind").asText().equals("delete-collection"))
                .singleElement()
                .satisfies(kind -> {
                    assertThat(kind.path("parameters").path(0).path("name").asText())
                            .isEqualTo("collection");
                    assertThat(kind.path("parameters").path(0).path("type").asText())
                            .isEqualTo("collection");
                });
        HttpResponse<String> refused = running.client()
                .post(
                        "/api/acts",
                        "{\"kind\":\"delete-collection\",\"parameters\":{\"name\":\"demo\"},\"reason\":\"no longer needed\"}");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("\\\"collection\\\" is missing", "\\\"name\\\" is unknown");
        JsonNode asked = made(
                running.client(),
                "/api/acts",
                "{\"kind\":\"delete-collection\",\"parameters\":{\"collection\":\"demo\"},\"reason\":\"no longer needed\"}");
        String uri = "/api/acts/" + asked.path("id").asText();
        assertThat(running.officer().json(uri)).isEqualTo(asked);
        assertThat(running.client().post(uri + "/withdraw", "{}").statusCode()).isEqualTo(200);
        assertThat(running.officer().json(uri).path("state").asText()).isEqualTo("withdrawn");
    }

    @Test
    void aRoleThatWantsASecondFactorSleepsWithoutOne(Running running) {
        Staff staff = new Staff(running.appliance());
        RestClient reader = running.client().withToken(staff.key(staff.person("one-factor", Role.READER)));
        RestClient program = running.client().withToken(staff.key(staff.service("no-factor", Role.READER)));
        assertThat(reader.get("/api/emergencies").statusCode()).isEqualTo(200);
        HttpResponse<String> refused = secondFactor(running, "[\"reader\",\"administrator\"]");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("cannot be taken out");
        assertThat(secondFactor(running, "[\"administrator\",\"compliance-officer\",\"service\"]")
                        .statusCode())
                .isEqualTo(409);
        try {
            done(secondFactor(running, "[\"administrator\",\"compliance-officer\",\"reader\"]"));
            HttpResponse<String> sleeping = reader.get("/api/emergencies");
            assertThat(sleeping.statusCode()).isEqualTo(403);
            assertThat(sleeping.body()).contains("second factor");
            assertThat(program.get("/api/emergencies").statusCode()).isEqualTo(200);
            assertThat(running.officer().json("/api/second-factor").path("roles"))
                    .extracting(JsonNode::asText)
                    .containsExactly("administrator", "compliance-officer", "reader");
        } finally {
            done(secondFactor(running, "[\"administrator\",\"compliance-officer\"]"));
        }
        assertThat(reader.get("/api/emergencies").statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> secondFactor(Running running, String roles) {
        return put(running.client(), "/api/second-factor", "{\"roles\":" + roles + "}");
    }

    private static HttpResponse<String> put(RestClient client, String uri, String json) {
        return client.send(client.request(uri)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    private static JsonNode made(RestClient client, String uri, String json) {
        HttpResponse<String> made = client.post(uri, json);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return RestClient.parsed(made.body());
    }

    private static void done(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
    }
}
