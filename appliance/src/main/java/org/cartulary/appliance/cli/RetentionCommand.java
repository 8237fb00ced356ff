package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long evidence is kept. */
@Command(
        name = "retention",
        description =
                "Shows how long evidence is kept, and disposes of what is due. Two people set it: acts request set-retention.",
        footer = {
            "",
            "Example: deploy/cartulary acts request set-retention --reason \"Rule 12 of the house\" \\",
            "             --parameter class=questions --parameter collection= --parameter days=3650"
        })
final class RetentionCommand {
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Lists the rules. What none of them is about is kept for ever.",
            footer = {"", "Example: deploy/cartulary retention show"})
    int show(
            @Mixin ConsoleOptions at,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> {
            JsonNode rules = console.get("/api/retention");
            if (json) {
                Terminal.line(rules.toString());
                return;
            }
            if (rules.path("rules").isEmpty()) {
                Terminal.line("Everything is kept for ever.");
            }
            rules.path("rules")
                    .forEach(rule -> Terminal.line("%-10s  %-36s  %d days"
                            .formatted(
                                    rule.path("of").asText(),
                                    rule.path("collection").asText().isEmpty()
                                            ? "all others"
                                            : rule.path("collection").asText(),
                                    rule.path("days").asInt())));
        });
    }

    @Command(
            name = "dispose",
            mixinStandardHelpOptions = true,
            description = "Disposes of what is due now, instead of within the hour.",
            footer = {"", "Example: deploy/cartulary retention dispose"})
    int dispose(@Mixin ConsoleOptions at) {
        return at.run(console -> {
            JsonNode disposed = console.post("/api/retention/dispose", Console.JSON.createObjectNode());
            Terminal.line(disposed.path("payloads").asLong() + " payloads and "
                    + disposed.path("shards").size() + " shards were disposed of.");
        });
    }
}
