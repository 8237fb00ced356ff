package org.cartulary.appliance.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    @Option(
            names = "--index",
            description =
                    "An index that is built or was searched before, so that a calibration can be chosen before index"
                            + " switch (default: the one that is searched).")
    private @Nullable String index;

    @Option(names = "--purpose", description = "Why, where the collection wants to know: operations.")
    private @Nullable String purpose;

    @Option(names = "--reference", description = "The case or patient, where the collection wants to know.")
    private @Nullable String reference;

    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    private boolean json;

    @Override
    public Integer call() {
        ObjectNode body = Console.JSON.createObjectNode().put("collection", collection);
        given(body, "description", description);
        given(body, "index", index);
        given(body, "purpose", purpose);
        given(body, "reference", reference);
        body.set("questions", questions());
        return at.run(console -> {
            JsonNode fitted = ProgressEvents.follow(console, "/api/calibrations", body);
            if (json) {
                Terminal.line(fitted.toString());
                return;
            }
            JsonNode calibration = fitted.path("calibration");
            Terminal.line(CalibrationTable.of(calibration));
            tellOfTrials(fitted);
            Terminal.line("It counts after: calibrations use "
                    + calibration.path("version").asText());
        });
    }

    private static void given(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    /** How many documents each question lost decides what its trial without them is worth. */
    private static void tellOfTrials(JsonNode fitted) {
        int most = 0;
        String question = "";
        for (Map.Entry<String, JsonNode> removed : fitted.path("removed").properties()) {
            if (removed.getValue().asInt() > most) {
                most = removed.getValue().asInt();
                question = removed.getKey();
            }
        }
        Terminal.line("Documents passed over for a question, with what is alike to them: at most " + most
                + (most == 0 ? "." : ", for question " + question + " (--json has all)."));
        if (!fitted.path("leftOut").isEmpty()) {
            List<String> numbers = new ArrayList<>();
            fitted.path("leftOut").forEach(number -> numbers.add(number.asText()));
            Terminal.line(
                    "Not asked without their documents, since nothing would have been left, or too much is alike to"
                            + " them: questions " + String.join(", ", numbers) + ".");
        }
    }

    private ArrayNode questions() {
        ArrayNode questions = Console.JSON.createArrayNode();
        try {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (!lines.get(i).isBlank()) {
                    questions.add(question(lines.get(i), i + 1));
                }
            }
            return questions;
        } catch (IOException e) {
            throw new CommandFailed("There is no " + file + " to read: name a file with a JSON object on each line.");
        }
    }

    private ObjectNode question(String line, int number) {
        String where = file + ", line " + number + ": ";
        try {
            JsonNode node = Console.JSON.readTree(line);
            JsonNode documents = node.path("documents");
            boolean named = documents.isMissingNode() || documents.isArray();
            if (!node.path("question").isTextual() || !named || !allText(documents)) {
                throw new CommandFailed(
                        where + "an object with the text \"question\" and the list \"documents\" of paths is wanted.");
            }
            ObjectNode question = Console.JSON
                    .createObjectNode()
                    .put("question", node.path("question").asText());
            question.set("documents", documents.isArray() ? documents : Console.JSON.createArrayNode());
            return question;
        } catch (JsonProcessingException e) {
            throw new CommandFailed(where + "this is no JSON object: " + e.getOriginalMessage());
        }
    }

    private static boolean allText(JsonNode documents) {
        for (JsonNode path : documents) {
            if (!path.isTextual()) {
                return false;
            }
        }
        return true;
    }
}
