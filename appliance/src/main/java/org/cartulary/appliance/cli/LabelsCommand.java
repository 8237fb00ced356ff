package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "labels",
        description = "Labels that documents can bear, and who is listed on them.",
        footer = {
            "",
            "Example: deploy/cartulary labels add psychiatry --kind allow --by-law",
            "         deploy/cartulary labels put psychiatry ben",
            "         deploy/cartulary labels show psychiatry"
        })
final class LabelsCommand {
    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Adds a label, for good, since documents may bear it; and prints its id.",
            footer = {"", "Example: deploy/cartulary labels add psychiatry --kind allow --by-law"})
    int add(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "NAME", description = "Of a-z, 0-9 and . _ -") String name,
            @Option(
                            names = "--kind",
                            required = true,
                            description =
                                    "allow: only those who are listed may see what bears it;" + " deny: all but those.")
                    String kind,
            @Option(names = "--by-law", description = "What it keeps from a reader, no emergency opens.")
                    boolean byLaw) {
        return at.run(console -> {
            ObjectNode wanted = Console.JSON
                    .createObjectNode()
                    .put("name", name)
                    .put("kind", kind)
                    .put("byLaw", byLaw);
            Terminal.line(console.post("/api/labels", wanted).path("id").asText());
        });
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists labels.",
            footer = {"", "Example: deploy/cartulary labels list"})
    int list(
            @Mixin ConsoleOptions at,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> Listing.print(console.get("/api/labels"), json, "labels", LabelsCommand::line));
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows which persons, services and groups are listed on a label.",
            footer = {"", "Example: deploy/cartulary labels show psychiatry"})
    int show(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "LABEL") String label,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> Listing.print(console.get(path(label)), json, "listed", PeopleCommand::line));
    }

    @Command(
            name = "put",
            mixinStandardHelpOptions = true,
            description = "Lists somebody on a label.",
            footer = {
                "",
                "Example: deploy/cartulary labels put psychiatry ben",
                "         deploy/cartulary labels put psychiatry doctors --group"
            })
    int put(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "LABEL") String label,
            @Parameters(paramLabel = "WHO", description = WhoOption.NAME) String who,
            @Mixin WhoOption whom) {
        return at.run(console -> console.put(path(label, whom.idOf(console, who))));
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Lists somebody on a label no longer.",
            footer = {"", "Example: deploy/cartulary labels remove psychiatry ben"})
    int remove(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "LABEL") String label,
            @Parameters(paramLabel = "WHO", description = WhoOption.NAME) String who,
            @Mixin WhoOption whom) {
        return at.run(console -> console.delete(path(label, whom.idOf(console, who))));
    }

    private static String line(JsonNode label) {
        return "%-24s %-5s%s  %s"
                .formatted(
                        label.path("name").asText(),
                        label.path("kind").asText(),
                        label.path("byLaw").asBoolean() ? "  (by law)" : "",
                        label.path("id").asText());
    }

    private static String path(String label) {
        return "/api/labels/" + Console.encoded(label) + "/listed";
    }

    private static String path(String label, String subject) {
        return path(label) + "/" + Console.encoded(subject);
    }
}
