package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "purposes",
        description = "Purposes of use: those of the house, and what a collection wants to know with each question.",
        footer = {
            "",
            "Example: deploy/cartulary purposes set treatment payment research",
            "         deploy/cartulary purposes require ward --purpose treatment --reference"
        })
final class PurposesCommand {
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the purposes of the house.",
            footer = {"", "Example: deploy/cartulary purposes list"})
    int list(
            @Mixin ConsoleOptions at,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> Listing.print(console.get("/api/purposes"), json, "purposes", JsonNode::asText));
    }

    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description = "Sets the purposes of the house. Collections that want one which is gone want it still.",
            footer = {"", "Example: deploy/cartulary purposes set treatment payment research"})
    int set(@Mixin ConsoleOptions at, @Parameters(paramLabel = "NAME", arity = "1..*") List<String> names) {
        return at.run(console -> {
            ObjectNode wanted = Console.JSON.createObjectNode();
            wanted.set("purposes", Console.JSON.valueToTree(names));
            console.put("/api/purposes", wanted);
        });
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows what a collection wants to know with each question.",
            footer = {"", "Example: deploy/cartulary purposes show ward"})
    int show(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "COLLECTION") String collection,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> {
            JsonNode wanted = console.get(path(collection));
            Terminal.line(json ? wanted.toString() : text(wanted));
        });
    }

    @Command(
            name = "require",
            mixinStandardHelpOptions = true,
            description = {
                "Sets what a collection wants to know with each question; nothing, where nothing is given.",
                "What it wants, ask and search state with --purpose and --reference."
            },
            footer = {
                "",
                "Example: deploy/cartulary purposes require ward --purpose treatment --purpose legal --reference",
                "         deploy/cartulary purposes require ward"
            })
    int require(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "COLLECTION") String collection,
            @Option(names = "--purpose", description = "Any of these must be stated. May be given again.") @Nullable
                    List<String> purposes,
            @Option(names = "--reference", description = "A case or a patient must be named.") boolean reference) {
        return at.run(console -> {
            ObjectNode wanted = Console.JSON.createObjectNode().put("reference", reference);
            wanted.set("purposes", Console.JSON.valueToTree(purposes == null ? List.of() : purposes));
            console.put(path(collection), wanted);
        });
    }

    private static String text(JsonNode wanted) {
        String purposes = Listing.joined(wanted.path("purposes"));
        return "Purpose: " + (purposes.isEmpty() ? "not wanted" : "one of " + purposes) + "; reference: "
                + (wanted.path("reference").asBoolean() ? "wanted" : "not wanted");
    }

    private static String path(String collection) {
        return "/api/collections/" + Console.encoded(collection) + "/purpose";
    }
}
