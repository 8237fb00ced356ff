package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "search",
        description = "Finds passages and prints them with their scores.",
        footer = {
            "",
            "Example: deploy/cartulary search \"gentamicin dose\" --collection ward --limit 5",
            "         deploy/cartulary search \"gentamicin dose\" --collection ward --purpose treatment --reference case-4711"
        })
final class SearchCommand implements Callable<Integer> {
    @Mixin
    private final ConsoleOptions at = new ConsoleOptions();

    @Parameters(paramLabel = "QUERY", description = "What to look for, in quotes.")
    private String query = "";

    @Option(names = "--collection", required = true, description = "The collection to search.")
    private String collection = "";

    @Option(names = "--limit", description = "Hits at most, 1 to 100 (default: ${DEFAULT-VALUE}).")
    private int limit = 10;

    @Option(names = "--purpose", description = "Why, where the collection wants to know: treatment.")
    private @Nullable String purpose;

    @Option(names = "--reference", description = "The case or the patient, where the collection wants to know.")
    private @Nullable String reference;

    @Mixin
    private final ScopeOptions scope = new ScopeOptions();

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Override
    public Integer call() {
        return at.run(console -> {
            JsonNode found = console.post("/api/search", body());
            if (json) {
                Terminal.line(found.toString());
            } else {
                print(found);
            }
        });
    }

    private ObjectNode body() {
        ObjectNode body = Console.JSON
                .createObjectNode()
                .put("query", query)
                .put("collection", collection)
                .put("limit", limit);
        if (purpose != null) {
            body.put("purpose", purpose);
        }
        if (reference != null) {
            body.put("reference", reference);
        }
        scope.into(body);
        return body;
    }

    private static void print(JsonNode found) {
        if (found.path("hits").isEmpty()) {
            Terminal.line("Nothing was found.");
        }
        AnswerText.printConflicts(found.path("conflicts"));
        if (!found.path("reranker").path("failed").asText("").isEmpty()) {
            Terminal.remark(found.path("reranker").path("failed").asText() + " The order is that of the search.");
        }
        for (JsonNode hit : found.path("hits")) {
            Terminal.line("%.4f  %s%s%n        %s"
                    .formatted(
                            hit.path("scores").path("ranked").asDouble(),
                            hit.path("document").asText(),
                            AnswerText.place(hit),
                            hit.path("text").asText().replaceAll("\\s+", " ")));
        }
    }
}
