package org.cartulary.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cartulary.appliance.testing.Checkout;
import org.cartulary.appliance.testing.CommandProcess;
import org.cartulary.appliance.testing.CommandProcess.Outcome;
import org.cartulary.appliance.testing.DrawnCodes;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.appliance.testing.StampingAuthority;
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
        assertThat(exported.out()).contains("--certificate", "manifest.pem");
        Outcome some = CommandProcess.run(
                running.home(),
                "audit",
                "export",
                "--out",
                scratch.resolve("some.zip").toString(),
                "--case",
                "A 17/2026",
                "--from",
                "2026-01-01");
        assertThat(some.exitCode()).as(some.err()).isZero();
        assertThat(Verifier.run("verify", scratch.resolve("some.zip"), "--key", Verifier.key(running.home())))
                .isZero();
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
    void aCheckpointCrossesToAWitnessAndBackByCodesAlone(Running running) {
        Path witness = running.home().resolve("witness");
        assertThat(Verifier.run("witness", "trust", witness, "--key", Verifier.key(running.home())))
                .isZero();
        Outcome drawn = CommandProcess.run(running.home(), "audit", "checkpoint", "--qr", "--per-code", "200");
        assertThat(drawn.exitCode()).as(drawn.err()).isZero();
        assertThat(drawn.out()).contains("Code 2 of ");
        List<String> there = DrawnCodes.onTerminal(drawn.out());
        assertThat(there).hasSizeGreaterThan(1);

        String signed = Verifier.printed(
                String.join("\n", there.reversed()), "witness", "cosign", witness, "--in", "-", "--qr");
        List<String> back = DrawnCodes.onTerminal(signed);
        assertThat(back).singleElement().asString().startsWith("cosigned ");
        Outcome taken = CommandProcess.runWith(back.getFirst(), running.home(), "audit", "cosigned", "-");
        assertThat(taken.out()).as(taken.err()).contains("entries by ward").doesNotContain("asks for more");

        Outcome wrong = CommandProcess.run(running.home(), "audit", "checkpoint", "--qr", "--per-code", "7");
        assertThat(wrong.exitCode()).isOne();
        assertThat(wrong.err()).contains("100 to 2953");
        Outcome part = CommandProcess.runWith(there.getFirst(), running.home(), "audit", "cosigned", "-");
        assertThat(part.err()).contains("is missing: scan it too");
    }

    @Test
    void aQuestionIsCarriedToATimeStampingAuthorityAndItsAnswerBack(Running running) throws IOException {
        assumeThat(StampingAuthority.isInstalled()).as("needs openssl").isTrue();
        Path query = scratch.resolve("checkpoint.tsq");
        Path answer = scratch.resolve("checkpoint.tsr");
        Outcome written = CommandProcess.run(running.home(), "audit", "timestamp", "--query", query.toString());
        assertThat(written.exitCode()).as(written.err()).isZero();
        StampingAuthority.in(running.home().resolve("stamping")).reply(query, answer);
        Outcome taken = CommandProcess.run(running.home(), "audit", "timestamp", "--answer", answer.toString());
        assertThat(taken.out()).as(taken.err()).startsWith("Time-stamped at ");

        Outcome shown = CommandProcess.run(running.home(), "audit", "show", "--limit", "1");
        assertThat(shown.out()).contains("Time-stamped up to entry ");
        Outcome listed = CommandProcess.run(running.home(), "audit", "timestamps");
        assertThat(listed.out()).contains(" entries\n", "1 stamps; time-stamped up to entry ");
        JsonNode status = RestClient.parsed(running.client().get("/api/status").body());
        assertThat(status.path("log").path("timestamped").path("size").asLong()).isPositive();
        assertThat(running.client().get("/metrics").body()).contains("cartulary_log_timestamps 1.0");

        Outcome again = CommandProcess.run(running.home(), "audit", "timestamp", "--answer", answer.toString());
        assertThat(again.exitCode()).isOne();
        assertThat(again.err()).contains("none of the last 100 questions");
        Outcome neither = CommandProcess.run(running.home(), "audit", "timestamp");
        assertThat(neither.exitCode()).isEqualTo(2);
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

    /** The figures are counted again from the questions that stand beside them, and some are known beforehand. */
    @Test
    void measuresAnswersOfASetInAHomeOfItsOwn() throws IOException {
        Path set = questionSet();
        Outcome measured = CommandProcess.run(scratch.resolve("home"), "eval", "--answers", set.toString(), "--json");
        assertThat(measured.exitCode()).as(measured.err()).isZero();
        JsonNode report = RestClient.JSON
                .reader()
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readTree(measured.out());
        JsonNode questions = report.path("questions");
        assertThat(questions)
                .extracting(asked ->
                        asked.path("id").asText() + " " + asked.path("setting").asText())
                .containsExactly(
                        "1 with-source",
                        "1 without-source",
                        "2 with-source",
                        "2 without-source",
                        "3 with-source",
                        "3 without-source",
                        "4 unanswerable");
        assertThat(questions)
                .filteredOn(asked -> asked.path("setting").asText().equals("with-source"))
                .extracting(asked -> asked.path("verdict").asText())
                .containsExactly("right", "right", "wrong");
        JsonNode all = report.path("all");
        assertThat(all.path("with_source").asInt()).isEqualTo(3);
        assertThat(all.path("false_abstentions").asDouble()).isZero();
        assertThat(all.path("without_source").asInt()).isEqualTo(3);
        assertThat(all.path("right_abstentions").asDouble()).isEqualTo(abstained(questions, "without-source"));
        assertThat(all.path("unanswerable").asInt()).isEqualTo(1);
        assertThat(all.path("right_abstentions_unanswerable").asDouble())
                .isEqualTo(abstained(questions, "unanswerable"));
        assertThat(all.path("judged").asInt()).isEqualTo(3);
        assertThat(all.path("right_answers").asDouble()).isEqualTo(2.0 / 3);
        assertThat(all.path("wrong_answers").asDouble()).isEqualTo(1 - 2.0 / 3);
        assertThat(all.path("citation_recall").asDouble()).isEqualTo(1);
        assertThat(all.path("verbatim").asDouble()).isEqualTo(1);
        assertThat(report.at("/kinds/units/right_answers").asDouble()).isZero();
        assertThat(report.at("/kinds/units/right_abstentions_unanswerable").isNull())
                .isTrue();
        assertThat(report.at("/configuration/mode").asText()).isEqualTo("quote");
        assertThat(report.at("/configuration/set").asText()).hasSize(64);
        assertThat(report.path("p50_ms").asDouble())
                .isPositive()
                .isLessThanOrEqualTo(report.path("p99_ms").asDouble());
        assertThat(scratch.resolve("home")).doesNotExist();
    }

    private static double abstained(JsonNode questions, String setting) {
        int all = 0;
        int abstained = 0;
        for (JsonNode asked : questions) {
            if (asked.path("setting").asText().equals(setting)) {
                all++;
                abstained += asked.path("outcome").asText().equals("abstained") ? 1 : 0;
            }
        }
        return (double) abstained / all;
    }

    @Test
    void namesTheFileOfASetThatCannotBeRead() throws IOException {
        Path set = questionSet();
        Files.writeString(set.resolve("answers.jsonl"), "{\"_id\": \"1\"}\n{\"must\": [\"x\"]}\n");
        Outcome malformed = CommandHere.run(scratch.resolve("home"), "eval", "--answers", set.toString());
        assertThat(malformed.exitCode()).isEqualTo(1);
        assertThat(malformed.err()).contains("answers.jsonl", "_id").doesNotContain("\tat ");
        Outcome absent = CommandHere.run(scratch.resolve("home"), "eval", "--answers", scratch.toString());
        assertThat(absent.exitCode()).isEqualTo(1);
        assertThat(absent.err()).contains("has no corpus.jsonl");
    }

    /** Three questions that a document answers, of which one is said to be answered by something else, and one that none does. */
    private Path questionSet() throws IOException {
        Path set = Files.createDirectory(scratch.resolve("set"));
        Files.writeString(set.resolve("corpus.jsonl"), """
                {"_id": "boiler.txt", "title": "The boiler", "text": "The boiler is swept twice a year. Its pressure must not exceed 3 bar."}
                {"_id": "lantern.txt", "title": "The lantern", "text": "The storm lantern hangs behind the porch door. Its wick is trimmed every Monday."}
                {"_id": "ferry.txt", "title": "The ferry", "text": "The ferry crosses every 40 minutes. A bicycle costs 2 euros on the ferry."}
                {"_id": "choir.txt", "title": "The choir", "text": "The choir rehearses on Thursdays in the chapel. New voices are heard in September."}
                """);
        Files.writeString(set.resolve("queries.jsonl"), """
                {"_id": "1", "text": "How often is the boiler swept?"}
                {"_id": "2", "text": "Where does the storm lantern hang?"}
                {"_id": "3", "text": "How often does the ferry cross?"}
                {"_id": "4", "text": "Who painted the ceiling of the town hall?"}
                """);
        Files.writeString(
                set.resolve("qrels.tsv"),
                "query-id\tcorpus-id\tscore\n1\tboiler.txt\t1\n2\tlantern.txt\t1\n3\tferry.txt\t1\n");
        Files.writeString(set.resolve("answers.jsonl"), """
                {"_id": "1", "must": ["twice a year"]}
                {"_id": "2", "must": [["shed", "porch"]], "mustNot": ["boiler"]}
                {"_id": "3", "must": ["40 hours"], "kinds": ["units"]}
                {"_id": "4", "answerable": false}
                """);
        return set;
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
