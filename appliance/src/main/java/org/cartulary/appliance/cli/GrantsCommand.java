package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "grants",
        description = "Who may do what with a collection.",
        footer = {
            "",
            "Example: deploy/cartulary grants give ward read nurses --group",
            "         deploy/cartulary grants take ward read ben",
            "         deploy/cartulary grants list ward"
        })
final class GrantsCommand {
    private static final String PERMISSION = "read, write, manage or emergency.";

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the grants of a collection.",
            footer = {"", "Example: deploy/cartulary grants list ward"})
    int list(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "COLLECTION") String collection,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> Listing.print(console.get(path(collection)), json, "grants", GrantsCommand::line));
    }

    @Command(
            name = "give",
            mixinStandardHelpOptions = true,
            description = "Grants a collection to somebody.",
            footer = {
                "",
                "Example: deploy/cartulary grants give ward read ben",
                "         deploy/cartulary grants give ward emergency doctors --group"
            })
    int give(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "COLLECTION") String collection,
            @Parameters(paramLabel = "PERMISSION", description = PERMISSION) String permission,
            @Parameters(paramLabel = "WHO", description = WhoOption.NAME) String who,
            @Mixin WhoOption whom) {
        return at.run(console -> console.put(path(collection, permission, whom.idOf(console, who))));
    }

    @Command(
            name = "take",
            mixinStandardHelpOptions = true,
            description = "Takes a grant back. What somebody has by a group or by a wider grant stays.",
            footer = {"", "Example: deploy/cartulary grants take ward read ben"})
    int take(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "COLLECTION") String collection,
            @Parameters(paramLabel = "PERMISSION", description = PERMISSION) String permission,
            @Parameters(paramLabel = "WHO", description = WhoOption.NAME) String who,
            @Mixin WhoOption whom) {
        return at.run(console -> console.delete(path(collection, permission, whom.idOf(console, who))));
    }

    private static String line(JsonNode grant) {
        return "%-9s  %-24s %s"
                .formatted(
                        grant.path("permission").asText(),
                        grant.path("name").asText(),
                        grant.path("subject").asText());
    }

    private static String path(String collection) {
        return "/api/collections/" + Console.encoded(collection) + "/grants";
    }

    private static String path(String collection, String permission, String subject) {
        return path(collection) + "/" + Console.encoded(permission) + "/" + Console.encoded(subject);
    }
}
