package org.cartulary.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cartulary.appliance.testing.Checkout;
import org.cartulary.appliance.testing.CommandProcess;
import org.cartulary.appliance.testing.CommandProcess.Outcome;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.appliance.testing.Verifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Commands as processes of their own, against an appliance that runs. */
@ExtendWith(SharedAppliance.class)
class CommandLineTest {
    private static final String QUESTION = "How long do we have to keep the logs that visitors fill in?";

    @TempDir
    private Path scratch;

    @Test
    void asksAndKeepsAReceiptThatTheVerifierAccepts(Running running) {
        Outcome asked = CommandProcess.run(running.home(), "ask", QUESTION, "--collection", "demo", "--json");
        JsonNode answer = RestClient.parsed(asked.out());

        assertThat(asked.exitCode()).as(asked.err()).isZero();
        assertThat(answer.path("outcome").asText()).isEqualTo("answered");
        assertThat(answer.path("citations").path(0).path("document").asText())
                .isEqualTo("marrowby/records-retention-schedule.docx");
        for (String field : List.of("search", "first_token", "total")) {
            assertThat(answer.path("timings_ms").path(field).isNumber())
                    .as(field)
                    .isTrue();
        }
        Path receipt = Path.of(answer.path("receipt").asText());
        assertThat(receipt).isAbsolute();
        Path record = receipt.resolveSibling(receipt.getFileName().toString().replace(".tlog-proof", ".json"));
        assertThat(Verifier.run("verify-receipt", receipt, "--record", record, "--key", Verifier.key(running.home())))
                .isZero();
        assertThat(asked.err()).isEmpty();
    }

    @Test
    void showsTheStreamedAnswerWithItsSources(Running running) {
        Outcome asked = CommandProcess.run(running.home(), "ask", QUESTION, "--collection", "demo");

        assertThat(asked.exitCode()).as(asked.err()).isZero();
        assertThat(asked.out()).contains("90 days", "[1] marrowby/records-retention-schedule.docx", "Receipt: ");
    }

    @Test
    void abstainingIsNoFailure(Running running) {
        Outcome asked = CommandProcess.run(
                running.home(),
                "ask",
                "What does a dog licence cost a resident of Marrowby?",
                "--collection",
                "demo",
                "--json");

        assertThat(asked.exitCode()).isZero();
        assertThat(RestClient.parsed(asked.out()).path("outcome").asText()).isEqualTo("abstained");
    }

    @Test
    void searches(Running running) {
        Outcome found = CommandProcess.run(
                running.home(), "search", "visiting hours", "--collection", "demo", "--limit", "3", "--json");

        JsonNode hits = RestClient.parsed(found.out()).path("hits");
        assertThat(hits).hasSize(3);
        assertThat(hits)
                .allMatch(hit -> hit.has("document") && hit.has("page") && hit.has("anchor") && hit.has("text"));
    }

    @Test
    void takesInAFolderAndNamesWhatFailed(Running running) throws IOException {
        Path folder = Files.createDirectories(scratch.resolve("papers/sub"));
        Files.writeString(folder.resolve("good.md"), "# Bins\n\nThe bins go out on Tuesday evening.\n");
        Files.writeString(folder.resolveSibling("same.md"), "# Bins\n\nThe bins go out on Tuesday evening.\n");
        Files.createFile(folder.resolve("nothing.pdf"));
        Outcome taken = CommandProcess.run(
                running.home(), "ingest", scratch.resolve("papers").toString(), "--collection", "papers", "--json");

        List<JsonNode> lines = taken.out().lines().map(RestClient::parsed).toList();
        assertThat(taken.exitCode()).isEqualTo(1);
        assertThat(lines).hasSize(4);
        assertThat(lines.getLast().path("summary").path("failed").asInt()).isEqualTo(1);
        assertThat(lines.subList(0, 3))
                .extracting(line -> line.path("state").asText())
                .containsExactlyInAnyOrder("ready", "duplicate", "failed");
        assertThat(lines)
                .filteredOn(line -> line.path("state").asText().equals("failed"))
                .allMatch(line -> line.path("path").asText().equals("sub/nothing.pdf")
                        && line.path("reason").asText().contains("empty"));
    }

    @Test
    void exportsShowsAndListsModels(Running running) {
        Path bundle = scratch.resolve("evidence.zip");
        Outcome exported = CommandProcess.run(running.home(), "audit", "export", "--out", bundle.toString());
        Outcome shown = CommandProcess.run(running.home(), "audit", "show", "--limit", "5");
        Outcome models = CommandProcess.run(running.home(), "models", "list", "--json");

        assertThat(exported.exitCode()).as(exported.err()).isZero();
        assertThat(Verifier.run("verify", bundle, "--key", Verifier.key(running.home())))
                .isZero();
        assertThat(shown.out()).contains("evidence-exported", "itnessed");
        assertThat(RestClient.parsed(models.out()).path("models"))
                .anyMatch(model -> model.path("role").asText().equals("chat")
                        && model.path("demonstrationOnly").asBoolean()
                        && model.path("active").asBoolean());
    }

    @Test
    void aCheckpointIsCarriedToAWitnessAndBack(Running running) throws IOException {
        Path witness = running.home().resolve("witness");
        Path carried = scratch.resolve("checkpoint");
        Path back = scratch.resolve("cosigned");
        assertThat(Verifier.run("witness", "trust", witness, "--key", Verifier.key(running.home())))
                .isZero();
        Outcome written = CommandProcess.run(running.home(), "audit", "checkpoint", "--out", carried.toString());
        assertThat(written.exitCode()).as(written.err()).isZero();
        assertThat(Verifier.run("witness", "cosign", witness, "--in", carried, "--out", back))
                .isZero();
        Outcome taken = CommandProcess.run(running.home(), "audit", "cosigned", back.toString());
        assertThat(taken.out()).as(taken.err()).contains("entries by ward").doesNotContain("asks for more");

        Outcome shown = CommandProcess.run(running.home(), "audit", "show", "--limit", "1");
        assertThat(shown.out()).contains("witnessed up to entry").doesNotContain("WARNING");
        JsonNode status = RestClient.parsed(CommandProcess.run(running.home(), "audit", "witnesses", "--json")
                .out());
        assertThat(status.path("witnesses").asInt()).isOne();
        assertThat(status.path("size").asLong()).isPositive();
        assertThat(status.path("warning").isNull()).isTrue();

        Outcome again = CommandProcess.run(running.home(), "audit", "checkpoint", "--since", "999999");
        assertThat(again.exitCode()).isOne();
        assertThat(again.err()).contains("no witness signed 999999");
        Files.writeString(back, "nonsense");
        Outcome refused = CommandProcess.run(running.home(), "audit", "cosigned", back.toString());
        assertThat(refused.exitCode()).isOne();
        assertThat(refused.err()).contains("neither a checkpoint with signatures");
    }

    @Test
    void drawsACheckpointAsACode(Running running) {
        Outcome drawn = CommandProcess.run(running.home(), "audit", "checkpoint", "--since", "0", "--qr");
        assertThat(drawn.exitCode()).as(drawn.err()).isZero();
        assertThat(drawn.out().lines().toList()).hasSizeGreaterThan(20).allMatch(line -> line.startsWith("\u001b["));
    }

    @Test
    void aRevokedKeyOpensNothingFromTheNextRequestOn(Running running) {
        Outcome added = CommandProcess.run(running.home(), "people", "add", "laptop", "--service", "--role", "service");
        assertThat(added.exitCode()).as(added.err()).isZero();
        String key = CommandProcess.run(
                        running.home(), "keys", "issue", "laptop", "--name", "lost laptop", "--scope", "ask")
                .out()
                .strip();
        RestClient holder = running.client().withToken(key);
        assertThat(holder.get("/api/status").statusCode()).isEqualTo(200);
        String line = CommandProcess.run(running.home(), "keys", "list", "laptop")
                .out()
                .lines()
                .filter(listed -> listed.contains("lost laptop"))
                .findFirst()
                .orElseThrow();
        Outcome revoked = CommandProcess.run(running.home(), "keys", "revoke", "laptop", line.substring(0, 36));

        assertThat(revoked.exitCode()).as(revoked.err()).isZero();
        assertThat(holder.get("/api/status").statusCode()).isEqualTo(401);
        assertThat(running.client().get("/api/status").statusCode()).isEqualTo(200);
    }

    @Test
    void tellsWrongUseFromFailure(Running running) {
        Outcome wrong = CommandProcess.run(running.home(), "ask", "--no-such-option");
        Outcome failed = CommandProcess.run(running.home(), "ask", "Why?", "--collection", "no-such-collection");
        Outcome absent = CommandProcess.run(
                running.home(), "ingest", scratch.resolve("absent").toString(), "--collection", "papers");

        Outcome tooLong =
                CommandProcess.run(running.home(), "ask", "x".repeat(100_000), "--collection", "demo", "--json");

        assertThat(tooLong.exitCode()).isEqualTo(1);
        assertThat(RestClient.parsed(tooLong.out()).path("outcome").asText()).isEqualTo("refused");
        assertThat(tooLong.err()).contains("4000", "100000");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.err()).startsWith("cartulary: The collection \"no-such-collection\"");
        assertThat(absent.exitCode()).isEqualTo(1);
        assertThat(absent.err()).contains("absent");
    }

    @Test
    void startsAnApplianceForItsDurationWhereNoneRuns() throws IOException {
        Path home = scratch.resolve("home");
        Path file = Files.writeString(scratch.resolve("note.txt"), "The bins go out on Tuesday evening.");
        Outcome taken = CommandProcess.run(home, "ingest", file.toString(), "--collection", "notes");
        Outcome asked = CommandProcess.run(home, "ask", "When do the bins go out?", "--collection", "notes", "--json");

        assertThat(taken.exitCode()).as(taken.err()).isZero();
        assertThat(RestClient.parsed(asked.out()).path("answer").asText()).contains("Tuesday");
        assertThat(Checkout.files(home.resolve("log")))
                .extracting(path -> path.getFileName().toString())
                .contains("checkpoint", "log.vkey");
    }
}
