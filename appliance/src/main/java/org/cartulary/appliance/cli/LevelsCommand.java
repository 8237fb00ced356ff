package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "levels",
        description = "Levels of secrecy, and who is cleared for which.",
        footer = {
            "",
            "Example: deploy/cartulary levels show",
            "         deploy/cartulary levels clear 2 doctors --group"
        })
final class LevelsCommand {
    private static final String LEVEL = "Its number, as show prints it.";

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows the levels, lowest first, and what counts where nothing is said.",
            footer = {"", "Example: deploy/cartulary levels show"})
    int show(
            @Mixin HomeOption at,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        try (Console console = Console.open(at.directory())) {
            JsonNode levels = console.get("/api/levels");
            if (json) {
                Terminal.line(levels.toString());
                return 0;
            }
            for (int level = 0; level < levels.path("names").size(); level++) {
                Terminal.line("%2d  %s%s%s%s"
                        .formatted(
                                level,
                                levels.path("names").path(level).asText(),
                                levels.path("document").asInt() == level ? "  (documents that nothing marks)" : "",
                                levels.path("clearance").asInt() == level ? "  (everybody is cleared)" : "",
                                levels.path("emergency").asInt() == level ? "  (emergencies clear)" : ""));
            }
            return 0;
        }
    }

    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description = "Sets the levels. Documents keep the number of theirs, so add new ones above.",
            footer = {
                "",
                "Example: deploy/cartulary levels set --names open,internal,secret --document 1 --clearance 1 --emergency 2"
            })
    int set(
            @Mixin HomeOption at,
            @Option(names = "--names", required = true, split = ",", description = "With commas, lowest first.")
                    List<String> names,
            @Option(names = "--document", required = true, description = "Level of a document that nothing marks.")
                    int document,
            @Option(names = "--clearance", required = true, description = "Level that everybody is cleared for.")
                    int clearance,
            @Option(names = "--emergency", required = true, description = "Level that an emergency clears for.")
                    int emergency) {
        try (Console console = Console.open(at.directory())) {
            ObjectNode wanted = Console.JSON
                    .createObjectNode()
                    .put("document", document)
                    .put("clearance", clearance)
                    .put("emergency", emergency);
            wanted.set("names", Console.JSON.valueToTree(names));
            console.put("/api/levels", wanted);
            return 0;
        }
    }

    @Command(
            name = "clear",
            mixinStandardHelpOptions = true,
            description = "Clears somebody for documents up to a level.",
            footer = {"", "Example: deploy/cartulary levels clear 2 ben"})
    int clear(
            @Mixin HomeOption at,
            @Parameters(paramLabel = "LEVEL", description = LEVEL) int level,
            @Parameters(paramLabel = "WHO", description = WhoOption.NAME) String who,
            @Mixin WhoOption whom) {
        try (Console console = Console.open(at.directory())) {
            console.put(path(level, whom.idOf(console, who)));
            return 0;
        }
    }

    @Command(
            name = "unclear",
            mixinStandardHelpOptions = true,
            description = "Takes a clearance back. What somebody is cleared for by a group stays.",
            footer = {"", "Example: deploy/cartulary levels unclear 2 ben"})
    int unclear(
            @Mixin HomeOption at,
            @Parameters(paramLabel = "LEVEL", description = LEVEL) int level,
            @Parameters(paramLabel = "WHO", description = WhoOption.NAME) String who,
            @Mixin WhoOption whom) {
        try (Console console = Console.open(at.directory())) {
            console.delete(path(level, whom.idOf(console, who)));
            return 0;
        }
    }

    private static String path(int level, String subject) {
        return "/api/levels/" + level + "/cleared/" + Console.encoded(subject);
    }
}
