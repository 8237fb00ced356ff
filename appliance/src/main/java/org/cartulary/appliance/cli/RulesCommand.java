package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rules",
        description = "Rules of a collection that mark documents by their paths.",
        footer = {
            "",
            "Example: deploy/cartulary rules add ward \"personnel/**\" --label personnel --level 2",
            "         deploy/cartulary rules list ward"
        })
final class RulesCommand {
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the rules of a collection.",
            footer = {"", "Example: deploy/cartulary rules list ward"})
    int list(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "COLLECTION") String collection,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> Listing.print(console.get(path(collection)), json, "rules", RulesCommand::line));
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Adds a rule and prints its id. The documents that it concerns are marked when this returns.",
            footer = {"", "Example: deploy/cartulary rules add ward \"personnel/**\" --label personnel --level 2"})
    int add(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "COLLECTION") String collection,
            @Parameters(paramLabel = "PATTERN", description = "A glob over the whole path, in quotes.") String pattern,
            @Option(names = "--label", description = "That they bear. May be given again.") @Nullable
                    List<String> labels,
            @Option(names = "--level", description = "That they have at least.") @Nullable Integer level) {
        return at.run(console -> {
            ObjectNode wanted = marks(labels, level).put("pattern", pattern);
            Terminal.line(console.post(path(collection), wanted).path("id").asText());
        });
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Removes a rule. The documents that it concerned are marked anew when this returns.",
            footer = {"", "Example: deploy/cartulary rules remove ward 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11"})
    int remove(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "COLLECTION") String collection,
            @Parameters(paramLabel = "ID", description = "As list prints it.") UUID id) {
        return at.run(console -> console.delete(path(collection) + "/" + id));
    }

    /** What documents are marked with. */
    static ObjectNode marks(@Nullable List<String> labels, @Nullable Integer level) {
        ObjectNode marks = Console.JSON.createObjectNode().put("level", level);
        marks.set("labels", Console.JSON.valueToTree(labels == null ? List.of() : labels));
        return marks;
    }

    private static String line(JsonNode rule) {
        String labels = Listing.joined(rule.path("labels"));
        return "%s  %s%s%s"
                .formatted(
                        rule.path("id").asText(),
                        rule.path("pattern").asText(),
                        labels.isEmpty() ? "" : "  labels " + labels,
                        rule.path("level").isNull()
                                ? ""
                                : "  level " + rule.path("level").asInt());
    }

    private static String path(String collection) {
        return "/api/collections/" + Console.encoded(collection) + "/path-rules";
    }
}
