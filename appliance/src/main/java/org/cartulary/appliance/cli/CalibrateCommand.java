package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "calibrate",
        description = {
            "Fits the score for abstaining on your own questions and documents: each question is asked with the documents",
            "that answer it and without. Shows what each threshold would cost; nothing changes before calibrations use."
        },
        footer = {
            "",
            "FILE has one JSON object a line: {\"question\": \"...\", \"documents\": [\"path/in/collection.pdf\"]};",
            "documents may be empty for questions that none answers. At least 30 questions with documents.",
            "",
            "Example: deploy/cartulary calibrate questions.jsonl --collection ward"
        })
final class CalibrateCommand implements Callable<Integer> {
    @Mixin
    private final ConsoleOptions at = new ConsoleOptions();

    @Parameters(paramLabel = "FILE", description = "Questions, one JSON object a line.")
    private Path file = Path.of("");

    @Option(names = "--collection", required = true, description = "Whose documents are asked.")
    private String collection = "";

    @Option(names = "--description", description = "What the questions are, for whoever looks later.")
    private @Nullable String description;

    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    private boolean json;

    @Override
    public Integer call() {
        ObjectNode body = Console.JSON.createObjectNode().put("collection", collection);
        if (description != null) {
            body.put("description", description);
        }
        body.set("questions", questions());
        return at.run(console -> {
            JsonNode fitted = ProgressEvents.follow(console, "/api/calibrations", body);
            if (json) {
                Terminal.line(fitted.toString());
                return;
            }
            Terminal.line(CalibrationTable.of(fitted));
            Terminal.line("It counts after: calibrations use "
                    + fitted.path("version").asText());
        });
    }

    private ArrayNode questions() {
        ArrayNode questions = Console.JSON.createArrayNode();
        try {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank()) {
                    JsonNode node = Console.parsed(line);
                    ObjectNode question = questions.addObject();
                    question.put("question", node.path("question").asText());
                    question.set(
                            "documents",
                            node.path("documents").isArray() ? node.get("documents") : Console.JSON.createArrayNode());
                }
            }
            return questions;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
