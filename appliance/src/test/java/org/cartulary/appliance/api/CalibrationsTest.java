package org.cartulary.appliance.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.cartulary.appliance.testing.CommandProcess;
import org.cartulary.appliance.testing.CommandProcess.Outcome;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The score from which on questions are answered: shown with its consequences, changed, and named by every answer. */
@ExtendWith(SharedAppliance.class)
class CalibrationsTest {
    private static final String ASKED = "{\"question\":\"How long do we keep visitor logs?\",\"collection\":\"demo\"}";

    /** Of each its name, what is written of it, and three questions that this answers. */
    private static final String[][] THINGS = {
        {
            "lantern",
            "The storm lantern hangs behind the porch door. Its wick is trimmed every Monday.",
            "Where does the storm lantern hang?",
            "When is the wick of the lantern trimmed?",
            "What is done to the lantern's wick every Monday?"
        },
        {
            "bees",
            "The hives stand in the orchard. Honey is taken in August by the beekeeper, Mr Oduya.",
            "Where do the hives stand?",
            "In which month is honey taken?",
            "Who is the beekeeper?"
        },
        {
            "boiler",
            "The boiler is swept twice a year. Its pressure must not exceed 3 bar.",
            "How often is the boiler swept?",
            "Which pressure must the boiler not exceed?",
            "May the boiler's pressure be above 3 bar?"
        },
        {
            "choir",
            "The choir rehearses on Thursdays in the chapel. New voices are heard in September.",
            "On which day does the choir rehearse?",
            "Where does the choir rehearse?",
            "When are new voices heard by the choir?"
        },
        {
            "ferry",
            "The ferry crosses every 40 minutes. A bicycle costs 2 euros on the ferry.",
            "How often does the ferry cross?",
            "What does a bicycle cost on the ferry?",
            "How many minutes lie between two ferries?"
        },
        {
            "archive",
            "Parish registers are read under supervision. The archive lends nothing out.",
            "How are parish registers read?",
            "Does the archive lend anything out?",
            "What is read under supervision in the archive?"
        },
        {
            "greenhouse",
            "Tomatoes in the greenhouse are watered at dawn. The vents open at 28 degrees.",
            "When are the tomatoes watered?",
            "At how many degrees do the vents of the greenhouse open?",
            "What grows in the greenhouse and is watered at dawn?"
        },
        {
            "telescope",
            "The telescope may be borrowed for two weeks. A deposit of 150 euros is asked for it.",
            "For how long may the telescope be borrowed?",
            "How high is the deposit for the telescope?",
            "Is a deposit asked for the telescope?"
        },
        {
            "kitchen",
            "Knives are ground by the cook on the first of each month. Eggs are kept in the larder.",
            "Who grinds the knives?",
            "Where are eggs kept?",
            "On which day of the month are knives ground?"
        },
        {
            "mill",
            "The mill wheel is stopped in frost. The miller rings the bell three times before he starts it.",
            "When is the mill wheel stopped?",
            "How many times does the miller ring the bell?",
            "What does the miller do before he starts the wheel?"
        }
    };

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

    @Test
    void refusesQuestionsBeforeItAsksAny(Running running) {
        String start = "{\"collection\":\"demo\",\"questions\":[{\"question\":\"Who mends the roof?\"},";
        for (String bad : List.of(
                "null",
                "{\"documents\":[]}",
                "{\"question\":\" \"}",
                "{\"question\":\"" + "x".repeat(4_001) + "\"}",
                "{\"question\":\"Who?\",\"documents\":[null]}",
                "{\"question\":\"Who?\",\"documents\":[\"\"]}")) {
            HttpResponse<String> refused = running.client().post("/api/calibrations", start + bad + "]}");
            assertThat(refused.statusCode()).as(bad).isIn(400, 422);
            assertThat(refused.body()).as(bad).contains("Question 2");
        }
        assertThat(running.client()
                        .post("/api/calibrations", "{\"collection\":\"demo\",\"questions\":[],\"description\":\"\"}")
                        .body())
                .contains("A description has 1 to 200");
    }

    @Test
    void fitsACalibrationOnTheHousesOwnQuestions(Running running, @TempDir Path scratch) throws IOException {
        RestClient tess = running.client();
        assertThat(tess.post("/api/collections", "{\"name\":\"stores\"}").statusCode())
                .isEqualTo(201);
        StringBuilder lines = new StringBuilder();
        for (String[] thing : THINGS) {
            String path = thing[0] + ".txt";
            JsonNode job = tess.upload("stores", path, thing[1].getBytes(StandardCharsets.UTF_8));
            assertThat(job.path("state").asText()).isEqualTo("ready");
            for (String question : List.of(thing[2], thing[3], thing[4])) {
                lines.append("{\"question\":\"%s\",\"documents\":[\"%s\"]}%n".formatted(question, path));
            }
        }
        Path file = Files.writeString(scratch.resolve("questions.jsonl"), lines);
        Outcome fitted =
                CommandProcess.run(running.home(), "calibrate", file.toString(), "--collection", "stores", "--json");
        assertThat(fitted.exitCode()).as(fitted.err()).isZero();
        JsonNode calibration = RestClient.parsed(fitted.out()).path("calibration");
        assertThat(calibration.path("answerable").asInt()).isEqualTo(30);
        assertThat(calibration.path("fitsEmbedder").asBoolean()).isTrue();
        assertThat(calibration.path("counts").asBoolean()).isFalse();
        assertThat(calibration.path("threshold").asDouble()).isBetween(0.01, 0.99);
        assertThat(RestClient.parsed(fitted.out()).path("removed")).hasSize(30).allMatch(lost -> lost.asInt() >= 1);
        assertThat(tess.json("/api/calibrations/" + calibration.path("version").asText())
                        .path("description")
                        .asText())
                .isEqualTo("stores");

        isFittedOnWhatTheCalibratorMayReadAlone(running, Files.readString(file), RestClient.parsed(fitted.out()));
        refusesWhatNoQuestionFinds(tess);
        RestClient ada = tess.withToken(running.staff().key(running.staff().person("ada", Role.ADMINISTRATOR)));
        String body = "{\"collection\":\"stores\",\"questions\":[]}";
        assertThat(ada.post("/api/calibrations", body).statusCode())
                .as("who may not read a collection learns nothing of it")
                .isEqualTo(404);
        Files.writeString(file, lines.append("{\"question\": 7}\n"));
        assertThat(CommandProcess.run(running.home(), "calibrate", file.toString(), "--collection", "stores")
                        .err())
                .contains("line 31");
    }

    /** Near copies of the sources would be passed over with them, and change every score, if they could be read. */
    private static void isFittedOnWhatTheCalibratorMayReadAlone(Running running, String lines, JsonNode before) {
        RestClient tess = running.client();
        Identity cal = running.staff().person("cal", Role.READER, Role.ADMINISTRATOR);
        RestClient his = tess.withToken(running.staff().key(cal));
        done(tess.call("PUT", "/api/collections/stores/grants/read/" + cal.id().id()));
        RestClient hers = hideNearCopies(running);
        String query = "{\"collection\":\"stores\",\"query\":\"storm lantern\"}";
        assertThat(hers.post("/api/search", query).body()).contains("hidden/lantern.txt");
        assertThat(his.post("/api/search", query).body())
                .contains("lantern.txt")
                .doesNotContain("hidden");

        String named = question("hidden/lantern.txt");
        assertThat(his.post("/api/calibrations", named).body())
                .as("the same words as where there is no such document")
                .isEqualTo(his.post("/api/calibrations", question("hidden/no-such.txt"))
                        .body()
                        .replace("no-such.txt", "lantern.txt"));
        String body = "{\"collection\":\"stores\",\"questions\":["
                + String.join(",", lines.lines().toList()) + "]}";
        JsonNode fitted = fittedWhileAnotherIsRefused(running, his, body);
        assertThat(fitted.path("removed")).isEqualTo(before.path("removed"));
        assertThat(fitted.path("leftOut")).isEqualTo(before.path("leftOut"));
        for (String field : List.of("version", "constant", "weights", "threshold", "consequences", "questionsSha256")) {
            assertThat(fitted.path("calibration").path(field))
                    .as(field)
                    .isEqualTo(before.path("calibration").path(field));
        }
        assertThat(fitted.toString()).doesNotContain("hidden");
    }

    /** From all but one reader, who is returned. */
    private static RestClient hideNearCopies(Running running) {
        RestClient tess = running.client();
        Identity vera = running.staff().person("vera", Role.READER);
        done(tess.call("PUT", "/api/collections/stores/grants/read/" + vera.id().id()));
        assertThat(tess.post("/api/labels", "{\"name\":\"vault\",\"kind\":\"allow\"}")
                        .statusCode())
                .isEqualTo(201);
        done(tess.call("PUT", "/api/labels/vault/listed/" + vera.id().id()));
        for (String[] thing : List.of(THINGS[0], THINGS[3], THINGS[7])) {
            String text = "Here too: " + thing[1];
            JsonNode job = tess.upload("stores", "hidden/" + thing[0] + ".txt", text.getBytes(StandardCharsets.UTF_8));
            done(tess.put(
                    "/api/documents/" + job.path("document").asText() + "/marks",
                    "{\"labels\":[\"vault\"],\"level\":0}"));
        }
        return tess.withToken(running.staff().key(vera));
    }

    /** It cannot end before the other was refused, since what it has fitted cannot be stored. */
    private static JsonNode fittedWhileAnotherIsRefused(Running running, RestClient his, String body) {
        try (Handle holding = running.appliance().get(Jdbi.class).open()) {
            holding.begin();
            holding.execute("LOCK TABLE retrieval.calibrations IN SHARE MODE");
            try (Stream<String> lines = his.lines("/api/calibrations", body)) {
                Iterator<String> events = lines.filter(line -> line.startsWith("data:") && !line.contains("\"tick\""))
                        .iterator();
                assertThat(events.next()).contains("asked 1 of 30 questions");
                assertRefusedMeanwhile(running.client().post("/api/calibrations", body));
                holding.commit();
                String last = "";
                while (events.hasNext()) {
                    last = events.next();
                }
                return RestClient.parsed(last.substring("data:".length()));
            }
        }
    }

    private static void assertRefusedMeanwhile(HttpResponse<String> second) {
        assertThat(second.statusCode()).as(second.body()).isEqualTo(409);
        assertThat(second.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = RestClient.parsed(second.body());
        assertThat(problem.path("status").asInt()).isEqualTo(409);
        assertThat(problem.path("detail").asText())
                .isEqualTo("A calibration is being fitted already: wait until it has ended, and ask again.");
    }

    private static String question(String document) {
        return "{\"collection\":\"stores\",\"questions\":[{\"question\":\"Who?\",\"documents\":[\"" + document
                + "\"]}]}";
    }

    private static void done(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
    }

    private static void refusesWhatNoQuestionFinds(RestClient tess) {
        JsonNode job = tess.upload("stores", "old.txt", "The old press.".getBytes(StandardCharsets.UTF_8));
        String document = job.path("document").asText();
        assertThat(tess.put("/api/documents/" + document + "/details", "{\"expiresOn\":\"2024-12-31\"}")
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> refused = tess.post(
                "/api/calibrations",
                "{\"collection\":\"stores\",\"questions\":[{\"question\":\"Which press?\",\"documents\":[\"old.txt\"]}]}");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("Question 1 names old.txt", "expired");
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
