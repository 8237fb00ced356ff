package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.cartulary.appliance.Appliance;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = {
            "Feeds the demo corpus to an appliance, asks its questions, exports and verifies the evidence,",
            "and leaves the page open to visit."
        },
        footer = {"", "Example: deploy/cartulary demo --once --json"})
final class DemoCommand implements Callable<Integer> {
    private static final String COLLECTION = "demo";

    @Mixin
    private final HomeOption home = new HomeOption();

    @Option(names = "--once", description = "Exit when done, instead of leaving the page open.")
    private boolean once;

    @Option(names = "--json", description = "Print a JSON object for each question, one a line.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        DemoCorpus corpus = DemoCorpus.find();
        StepClock clock = new StepClock();
        Appliance appliance = Appliance.startToServe(home.directory());
        clock.step("appliance started");
        int failures;
        try (Console console = Console.of(home.directory(), appliance)) {
            failures = show(console, corpus, clock);
        } catch (RuntimeException e) {
            appliance.close();
            throw e;
        }
        if (once) {
            appliance.close();
            return failures == 0 ? 0 : 1;
        }
        try (Console console = Console.of(home.directory(), appliance)) {
            FirstSteps.inviteVisitor(console, COLLECTION, appliance.address());
        }
        Terminal.line("Cartulary is at " + appliance.address() + " (Ctrl-C stops it)");
        appliance.awaitStopped();
        return 0;
    }

    /** Returns how many steps failed; a question answered wrongly by a demonstration model is shown, not failed. */
    private int show(Console console, DemoCorpus corpus, StepClock clock) {
        int failures = IngestCommand.ingest(console, List.of(corpus.documents()), COLLECTION, DemoCommand::remark);
        clock.step("documents ready");
        DemoQuestions questions = new DemoQuestions(console, json);
        corpus.questions().forEach(question -> questions.ask(question, COLLECTION));
        clock.step(questions.summary());
        Path bundle = console.home().toAbsolutePath().resolve("demo-evidence.zip");
        AuditCommand.write(console, bundle, "");
        clock.step("evidence exported to " + bundle);
        failures += VerifierProcess.verify(bundle, console.home().resolve("log").resolve("log.vkey"));
        clock.step("evidence verified");
        return failures;
    }

    private static void remark(JsonNode report) {
        if (report.has("path")) {
            String reason = report.path("reason").asText("");
            Terminal.remark("  " + report.path("state").asText() + "  "
                    + report.path("path").asText() + (report.path("reason").isNull() ? "" : "  " + reason));
        }
    }

    /** Where the demo's documents and questions lie. */
    record DemoCorpus(Path documents, List<JsonNode> questions) {
        static DemoCorpus find() {
            @Nullable String named = System.getProperty("cartulary.demo");
            Path directory = Path.of(named == null ? "deploy/demo" : named);
            try {
                return new DemoCorpus(
                        directory.resolve("documents"),
                        Files.readAllLines(directory.resolve("questions.jsonl")).stream()
                                .filter(line -> !line.isBlank())
                                .map(Console::parsed)
                                .toList());
            } catch (IOException e) {
                throw new CommandFailed("The demo corpus is not at " + directory.toAbsolutePath()
                        + ": run the demo from a checkout by deploy/cartulary demo.");
            }
        }
    }
}
