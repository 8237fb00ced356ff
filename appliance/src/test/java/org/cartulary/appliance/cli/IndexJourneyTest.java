package org.cartulary.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cartulary.appliance.testing.CommandProcess.Outcome;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.ServeProcess;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.testing.TinyBert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another embedder's way into an installation: imported, indexed beside, compared, switched to, kept, left again. */
class IndexJourneyTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("CARTULARY_ANSWER_MODE", "quote");

    @TempDir
    private Path scratch;

    private Path home;

    @BeforeEach
    void chooseAHome() {
        home = scratch.resolve("home");
    }

    @Test
    void anImportedEmbedderTakesOverThroughAnIndexOfItsOwnAndIsLeftAgain() throws IOException {
        String model;
        String first;
        String second;
        try (ServeProcess serve = ServeProcess.start(home, ENVIRONMENT)) {
            model = bringAnEmbedder();
            done("ingest", documents().toString(), "--collection", "ward", "--json");
            first = searchedIn();
            assertThat(refused("models", "use", model)).contains("index build --embedder " + model);
            second = parsed("index", "build", "--embedder", model, "--wait", "--json")
                    .path("name")
                    .asText();
            assertThat(states()).containsExactly("active", "built");
            compares(first, second);
            JsonNode building = serve.client().json("/api/status").path("building");
            assertThat(building.path("index").asText()).isEqualTo(second);
            assertThat(building.properties()).hasSize(2);
            assertThat(searchedIn()).isEqualTo(first);
            long before = lastQuestion();
            assertThat(refused("index", "switch", second)).contains("calibrate FILE", "--index " + second);
            assertThat(searchedIn()).isEqualTo(first);
            done("index", "switch", second, "--uncalibrated");
            abstainsUncalibrated(serve);
            assertThat(searchedIn()).isEqualTo(second);
            JsonNode again = parsed("audit", "replay-search", Long.toString(before), "--json");
            assertThat(again.path("index").asText()).isEqualTo(first);
            assertThat(again.path("grade").asText()).isEqualTo("exact");
            assertThat(serve.client()
                            .json("/api/status")
                            .at("/inference/embedding/sha256")
                            .asText())
                    .startsWith(model);
            assertThat(refused("models", "remove", model)).contains("in use");
            serve.kill();
        }
        afterAKill(first, second, model);
    }

    /** The calibration of another embedder says nothing, and that is no fault of the documents. */
    private void abstainsUncalibrated(ServeProcess serve) {
        JsonNode answer = parsed("ask", "Where is the lantern kept?", "--collection", "ward", "--json");
        assertThat(answer.path("outcome").asText()).isEqualTo("abstained");
        assertThat(answer.path("reason").asText()).isEqualTo("not-calibrated");
        assertThat(answer.path("answer").asText()).contains("calibrate").doesNotContain("do not say");
        assertThat(answer.path("judgment").isNull()).isTrue();
        JsonNode status = serve.client().json("/api/status").path("calibration");
        assertThat(status.path("fitsEmbedder").asBoolean()).isFalse();
        assertThat(status.path("remark").asText()).contains("calibrate FILE");
        assertThat(refused("calibrations", "show")).contains("calibrate");
    }

    private void afterAKill(String first, String second, String model) {
        try (ServeProcess again = ServeProcess.start(home, ENVIRONMENT)) {
            assertThat(searchedIn()).isEqualTo(second);
            done("index", "switch", first);
            assertThat(searchedIn()).isEqualTo(first);
            assertThat(parsed("ask", "Where is the lantern kept?", "--collection", "ward", "--json")
                            .path("outcome")
                            .asText())
                    .isEqualTo("answered");
            assertThat(refused("models", "remove", model)).contains("index drop");
            done("index", "drop", second);
            done("models", "remove", model);
            assertThat(states()).containsExactly("active", "dropped");
            assertThat(again.client().json("/api/status").hasNonNull("building"))
                    .isFalse();
        }
    }

    /** Returns the first digits of its hash. */
    private String bringAnEmbedder() throws IOException {
        StoredModel model = TinyBert.embedder().in(scratch.resolve("brought"));
        done("models", "import", model.file().toString(), "--name", "tiny", "--licence", "none", "--yes");
        return model.manifest().sha256().substring(0, 8);
    }

    private Path documents() throws IOException {
        Path documents = Files.createDirectories(scratch.resolve("documents"));
        for (String word : List.of("lantern", "register", "kettle", "ladder")) {
            Files.writeString(documents.resolve(word + ".txt"), "The " + word + " is kept in the store room.");
        }
        return documents;
    }

    private void compares(String first, String second) throws IOException {
        Path questions = Files.createDirectories(scratch.resolve("questions"));
        Files.writeString(questions.resolve("queries.jsonl"), """
                {"_id": "1", "text": "Where is the lantern kept?"}
                {"_id": "2", "text": "Where is the kettle?"}
                """);
        Files.writeString(
                questions.resolve("qrels.tsv"),
                "query-id\tcorpus-id\tscore\n1\tlantern.txt\t1\n2\tkettle.txt\t1\n2\tgone.txt\t1\n");
        JsonNode report = parsed("index", "compare", questions.toString(), "--collection", "ward", "--json");
        assertThat(report.path("questions").asInt()).isEqualTo(2);
        assertThat(report.path("judgedDocuments").asInt()).isEqualTo(3);
        assertThat(report.path("findableDocuments").asInt()).isEqualTo(2);
        assertThat(report.at("/first/index").asText()).isEqualTo(first);
        assertThat(report.at("/second/index").asText()).isEqualTo(second);
        assertThat(report.at("/first/recallAt100").asDouble()).isEqualTo(0.75);
    }

    /** Asks, replays the search, and says which index it was made in. */
    private String searchedIn() {
        JsonNode found = parsed("search", "Where is the lantern?", "--collection", "ward", "--json");
        assertThat(found.path("hits").path(0).path("document").asText()).isEqualTo("lantern.txt");
        long number = lastQuestion();
        JsonNode again = parsed("audit", "replay-search", Long.toString(number), "--json");
        assertThat(again.path("grade").asText()).isEqualTo("exact");
        return again.path("index").asText();
    }

    private long lastQuestion() {
        JsonNode entries = parsed("audit", "show", "--json", "--limit", "20").path("entries");
        long number = -1;
        for (JsonNode entry : entries) {
            number = entry.path("type").asText().equals("retrieved")
                    ? entry.path("number").asLong()
                    : number;
        }
        return number;
    }

    private List<String> states() {
        return parsed("index", "list", "--json").path("indexes").findValuesAsText("state");
    }

    private JsonNode parsed(String... command) {
        return RestClient.parsed(done(command));
    }

    private String done(String... command) {
        Outcome outcome = CommandHere.run(home, command);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return outcome.out();
    }

    private String refused(String... command) {
        Outcome outcome = CommandHere.run(home, command);
        assertThat(outcome.exitCode()).isEqualTo(1);
        return outcome.err();
    }
}
