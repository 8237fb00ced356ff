package org.cartulary.appliance.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.appliance.testing.Staff;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A compliance officer looks for a question, reads it, compares it, and signs what was found. */
@ExtendWith(SharedAppliance.class)
class ReviewJourneyTest {
    private static final String QUESTION = "How long are visitor logs kept?";

    @Test
    void findsByWhatWasStatedFoundAndAnswered(Running running) {
        long number = asked(running.client(), QUESTION);
        JsonNode record = running.officer().json("/api/audit/questions/" + number);
        JsonNode retrieved = entry(record, "retrieved");
        String document = retrieved.at("/sealed/hits/0/document").asText();
        JsonNode ended = entry(record, "answered");
        String actor = ended.path("actor").asText();

        assertThat(entry(record, "asked").at("/sealed/question").asText()).isEqualTo(QUESTION);
        assertThat(ended.path("index").isNumber()).isTrue();
        assertThat(found(running, "document=" + document)).contains(number);
        assertThat(found(running, "outcome=answered")).contains(number);
        assertThat(found(running, "outcome=failed")).doesNotContain(number);
        assertThat(found(running, "actor=" + actor)).contains(number);
        assertThat(found(running, "model=" + ended.at("/leaf/model").asText())).contains(number);
        assertThat(found(running, "from=2026-01-01&to=2026-01-02")).isEmpty();
        assertThat(found(running, "document=00000000-0000-0000-0000-000000000000"))
                .isEmpty();
        JsonNode receipt = running.officer().json("/api/audit/questions/" + number + "/receipt");
        assertThat(receipt.path("number").asLong()).isEqualTo(number);
        assertThat(receipt.path("proof").asText()).startsWith("c2sp.org/tlog-proof@v1");
    }

    @Test
    void looksAreEntriesThemselves(Running running) {
        long number = asked(running.client(), QUESTION);
        long before = running.officer().json("/api/status").at("/log/size").asLong();
        running.officer().json("/api/audit/questions/" + number);
        found(running, "outcome=answered");

        JsonNode entries = running.officer().json("/api/audit/entries?from=" + before);
        assertThat(entries.path("entries").findValuesAsText("type"))
                .filteredOn("evidence-viewed"::equals)
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void comparesTwoAnswers(Running running) {
        long one = asked(running.client(), QUESTION);
        long other = asked(running.client(), QUESTION);
        JsonNode compared = running.officer().json("/api/audit/compare?one=" + one + "&other=" + other);

        assertThat(compared.path("sameQuestion").asBoolean()).isTrue();
        assertThat(compared.path("sameModel").asBoolean()).isTrue();
        assertThat(compared.at("/hits/both")).isNotEmpty();
        assertThat(compared.at("/hits/onlyOne")).isEmpty();
        assertThat(compared.at("/sentences/onlyOther")).isEmpty();
        assertThat(compared.at("/one/answer").asText())
                .isEqualTo(compared.at("/other/answer").asText())
                .isNotEmpty();
    }

    @Test
    void aReviewIsSignedOffAndStays(Running running) {
        long number = asked(running.client(), QUESTION);
        String route = "/api/audit/questions/" + number + "/reviews";
        assertThat(running.officer().post(route, "{\"verdict\":\"fine\"}").body())
                .contains("is no verdict")
                .contains("harmful");
        assertThat(running.officer()
                        .post(route, "{\"verdict\":\"incomplete\",\"remark\":\"It leaves the exception out.\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(running.officer().post(route, "{\"verdict\":\"correct\"}").statusCode())
                .isEqualTo(201);

        JsonNode reviews =
                running.officer().json("/api/audit/questions/" + number).path("reviews");
        assertThat(reviews)
                .extracting(review -> review.at("/sealed/verdict").asText())
                .containsExactly("incomplete", "correct");
        assertThat(reviews.at("/0/sealed/remark").asText()).isEqualTo("It leaves the exception out.");
        assertThat(running.client().post(route, "{\"verdict\":\"correct\"}").statusCode())
                .isEqualTo(403);
    }

    @Test
    void onlyTwoPeopleLearnWhoAPseudonymIs(Running running) {
        Staff staff = new Staff(running.appliance());
        Identity petra = staff.person("petra", Role.READER);
        RestClient her = running.client().withToken(staff.key(petra));
        assertThat(running.client()
                        .call(
                                "PUT",
                                "/api/collections/demo/grants/read/"
                                        + petra.id().id())
                        .statusCode())
                .isEqualTo(204);
        long number = asked(her, QUESTION);
        JsonNode asked = entry(running.officer().json("/api/audit/questions/" + number), "asked");
        assertThat(asked.path("person").isNull()).isTrue();

        RestClient administrator = running.client().withToken(staff.key(staff.person("otto", Role.ADMINISTRATOR)));
        HttpResponse<String> request = administrator.post(
                "/api/acts",
                "{\"kind\":\"unmask-person\",\"reason\":\"A complaint of a patient, file 12.\",\"parameters\":"
                        + "{\"pseudonym\":\"" + asked.path("actor").asText() + "\"}}");
        assertThat(request.statusCode()).as(request.body()).isEqualTo(201);
        String act = RestClient.parsed(request.body()).path("id").asText();
        assertThat(administrator.post("/api/acts/" + act + "/approve", "{}").statusCode())
                .isBetween(403, 409);
        assertThat(running.officer().json("/api/audit/questions/" + number).toString())
                .doesNotContain("petra");
        HttpResponse<String> approved = running.officer().post("/api/acts/" + act + "/approve", "{}");
        assertThat(approved.statusCode()).as(approved.body()).isEqualTo(200);

        assertThat(entry(running.officer().json("/api/audit/questions/" + number), "asked")
                        .path("person")
                        .asText())
                .isEqualTo("petra");
    }

    private static long asked(RestClient client, String question) {
        JsonNode answer = RestClient.parsed(client.ask(question, "demo").body());
        String receipt = answer.path("receipt").asText();
        assertThat(receipt).as(answer.toString()).contains("/api/receipts/");
        return Long.parseLong(receipt.replaceAll(".*/", ""));
    }

    private static List<Long> found(Running running, String query) {
        return running
                .officer()
                .json("/api/audit/questions?limit=1000&" + query)
                .path("questions")
                .findValues("number")
                .stream()
                .map(JsonNode::asLong)
                .toList();
    }

    private static JsonNode entry(JsonNode record, String type) {
        for (JsonNode entry : record.path("entries")) {
            if (entry.path("type").asText().equals(type)) {
                return entry;
            }
        }
        throw new AssertionError("No entry " + type + " in " + record);
    }
}
