package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
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
            "         deploy/cartulary search \"gentamicin dose\" --collection ward --purpose treatment --reference case-4711",
            "         deploy/cartulary search '\"two visitors\" at night' --exact --without isolation --collection ward"
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

    @Option(names = "--language", description = "Language of the query, such as de (default: told by its words).")
    private @Nullable String language;

    @Option(names = "--exact", description = "Only passages that hold every phrase in quotation marks.")
    private boolean exact;

    @Option(
            names = "--without",
            paramLabel = "WORDS",
            description = "No passage that holds this word or phrase. May be given again.")
    private List<String> without = List.of();

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
        if (language != null) {
            body.put("language", language);
        }
        if (exact) {
            body.put("exact", true);
        }
        if (!without.isEmpty()) {
            without.forEach(body.putArray("without")::add);
        }
        scope.into(body);
        return body;
    }

    private static void print(JsonNode found) {
        AnswerText.printUnderstood(found);
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
