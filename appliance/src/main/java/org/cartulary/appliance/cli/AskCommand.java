package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.cartulary.appliance.local.Reply;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "ask",
        description = "Asks a question and prints the cited answer.",
        footer = {
            "",
            "Example: deploy/cartulary ask \"Who may visit after 8 pm?\" --collection ward",
            "         deploy/cartulary ask \"Which dose?\" --collection ward --purpose treatment --reference case-4711",
            "         deploy/cartulary ask \"And at night?\" --after \"Who may visit?\" --collection ward"
        })
final class AskCommand implements Callable<Integer> {
    @Mixin
    private final ConsoleOptions at = new ConsoleOptions();

    @Parameters(paramLabel = "QUESTION", description = "The question, in quotes.")
    private String question = "";

    @Option(names = "--collection", required = true, description = "The collection to ask.")
    private String collection = "";

    @Option(names = "--purpose", description = "Why, where the collection wants to know: treatment.")
    private @Nullable String purpose;

    @Option(names = "--reference", description = "The case or the patient, where the collection wants to know.")
    private @Nullable String reference;

    @Mixin
    private final ScopeOptions scope = new ScopeOptions();

    @Option(names = "--language", description = "Language of the question, such as de (default: told by its words).")
    private @Nullable String language;

    @Option(
            names = "--after",
            paramLabel = "QUESTION",
            description =
                    "What was asked before, for a question that leans on it. May be given again, the latest last.")
    private List<String> earlier = List.of();

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Override
    public Integer call() {
        try (Console console = at.open()) {
            return ask(console, body(), json);
        } catch (RuntimeException e) {
            if (json) {
                Terminal.line(refused(e).toString());
            }
            throw e;
        }
    }

    private ObjectNode body() {
        ObjectNode body =
                Console.JSON.createObjectNode().put("question", question).put("collection", collection);
        if (purpose != null) {
            body.put("purpose", purpose);
        }
        if (reference != null) {
            body.put("reference", reference);
        }
        if (language != null) {
            body.put("language", language);
        }
        if (!earlier.isEmpty()) {
            earlier.forEach(body.putArray("earlier")::add);
        }
        scope.into(body);
        return body;
    }

    /** A program that reads our JSON gets an object for every question, whatever came of it. */
    private static ObjectNode refused(RuntimeException e) {
        boolean refused = e instanceof CommandFailed failed && failed.status() >= 400 && failed.status() < 500;
        ObjectNode object = Console.JSON
                .createObjectNode()
                .put("outcome", refused ? "refused" : "failed")
                .put("answer", "")
                .put("reason", e.getMessage());
        object.putArray("citations");
        object.putArray("sentences");
        object.putObject("timings_ms").putNull("search").putNull("first_token").putNull("total");
        return object.putNull("receipt").putNull("model").putNull("generation");
    }

    /** Asks, prints, and keeps the receipt. Exit 0 for an answer and for an honest "the documents do not say". */
    private static int ask(Console console, ObjectNode body, boolean json) {
        ObjectNode answer;
        if (json) {
            answer = (ObjectNode) console.post("/api/ask", body);
        } else {
            answer = (ObjectNode) streamed(console, body);
        }
        keepReceipt(console, answer);
        if (json) {
            Terminal.line(answer.toString());
        } else {
            AnswerText.printEnd(answer);
        }
        String outcome = answer.path("outcome").asText();
        return outcome.equals("answered") || outcome.equals("abstained") ? 0 : 1;
    }

    /** An answer that is final is shown, whatever becomes of the caller's copy of its receipt. */
    private static void keepReceipt(Console console, ObjectNode answer) {
        try {
            ReceiptFiles.keep(console, answer);
        } catch (UncheckedIOException e) {
            answer.putNull("receipt");
            Terminal.remark("cartulary: " + e.getMessage() + ": fetch it later from /api/receipts/"
                    + answer.path("number").asLong());
        }
    }

    private static JsonNode streamed(Console console, ObjectNode body) {
        try (Reply reply = console.postForStream("/api/ask", body, "text/event-stream")) {
            return new AnswerEvents(reply.body()).follow();
        }
    }
}
