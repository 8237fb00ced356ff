package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "ingest",
        description = "Brings files and folders into a collection and waits until all are done.",
        footer = {"", "Example: deploy/cartulary ingest /srv/policies --collection ward"})
final class IngestCommand implements Callable<Integer> {
    @Mixin
    private final ConsoleOptions at = new ConsoleOptions();

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files and folders.")
    private List<Path> paths = List.of();

    @Option(names = "--collection", required = true, description = "The collection; made where it is absent.")
    private String collection = "";

    @Option(names = "--json", description = "Print a JSON object for each file and one for the summary.")
    private boolean json;

    @Override
    public Integer call() {
        try (Console console = at.open()) {
            return ingest(console, paths, collection, json ? IngestCommand::printJson : IngestCommand::printText);
        }
    }

    /** Returns 0 when every file is ready or a duplicate, else 1. */
    static int ingest(Console console, List<Path> paths, String collection, FileReports.Printer printer) {
        console.post("/api/collections", Console.JSON.createObjectNode().put("name", collection));
        FileReports reports = new FileReports(console, collection, printer);
        reports.takeIn(paths);
        JsonNode summary = reports.finish();
        printer.print(Console.JSON.createObjectNode().set("summary", summary));
        return summary.path("failed").asInt() == 0 ? 0 : 1;
    }

    private static void printJson(JsonNode report) {
        Terminal.line(report.toString());
    }

    private static void printText(JsonNode report) {
        JsonNode summary = report.path("summary");
        if (!summary.isMissingNode()) {
            Terminal.line("%d ready, %d duplicate, %d failed; %d passages in %.1f s"
                    .formatted(
                            summary.path("ready").asInt(),
                            summary.path("duplicate").asInt(),
                            summary.path("failed").asInt(),
                            summary.path("passages").asLong(),
                            summary.path("milliseconds").asLong() / 1000.0));
            return;
        }
        String reason = report.path("reason").isNull()
                ? ""
                : "  " + report.path("reason").asText();
        Terminal.line("%-9s  %s%s"
                .formatted(report.path("state").asText(), report.path("path").asText(), reason));
    }
}
