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
            description = {
                "Shows the levels, lowest first, and what counts where nothing is said; or which persons, services and groups",
                "are cleared for one."
            },
            footer = {"", "Example: deploy/cartulary levels show", "         deploy/cartulary levels show 2"})
    int show(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "LEVEL", arity = "0..1", description = "Who is cleared for this one.") @Nullable
                    Integer level,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> {
            if (level == null) {
                printLevels(console.get("/api/levels"), json);
            } else {
                Listing.print(console.get(path(level)), json, "cleared", PeopleCommand::line);
            }
        });
    }

    private static void printLevels(JsonNode levels, boolean json) {
        if (json) {
            Terminal.line(levels.toString());
            return;
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
            @Mixin ConsoleOptions at,
            @Option(names = "--names", required = true, split = ",", description = "With commas, lowest first.")
                    List<String> names,
            @Option(names = "--document", required = true, description = "Level of a document that nothing marks.")
                    int document,
            @Option(names = "--clearance", required = true, description = "Level that everybody is cleared for.")
                    int clearance,
            @Option(names = "--emergency", required = true, description = "Level that an emergency clears for.")
                    int emergency) {
        return at.run(console -> {
            ObjectNode wanted = Console.JSON
                    .createObjectNode()
                    .put("document", document)
                    .put("clearance", clearance)
                    .put("emergency", emergency);
            wanted.set("names", Console.JSON.valueToTree(names));
            console.put("/api/levels", wanted);
        });
    }

    @Command(
            name = "clear",
            mixinStandardHelpOptions = true,
            description = "Clears somebody for documents up to a level.",
            footer = {"", "Example: deploy/cartulary levels clear 2 ben"})
    int clear(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "LEVEL", description = LEVEL) int level,
            @Parameters(paramLabel = "WHO", description = WhoOption.NAME) String who,
            @Mixin WhoOption whom) {
        return at.run(console -> console.put(path(level, whom.idOf(console, who))));
    }

    @Command(
            name = "unclear",
            mixinStandardHelpOptions = true,
            description = "Takes a clearance back. What somebody is cleared for by a group stays.",
            footer = {"", "Example: deploy/cartulary levels unclear 2 ben"})
    int unclear(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "LEVEL", description = LEVEL) int level,
            @Parameters(paramLabel = "WHO", description = WhoOption.NAME) String who,
            @Mixin WhoOption whom) {
        return at.run(console -> console.delete(path(level, whom.idOf(console, who))));
    }

    private static String path(int level) {
        return "/api/levels/" + level + "/cleared";
    }

    private static String path(int level, String subject) {
        return path(level) + "/" + Console.encoded(subject);
    }
}
