package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Holds: what is not to be deleted or disposed of. */
@Command(
        name = "holds",
        description =
                "Lists and places holds, which beat retention and deletion. Two people release them: acts request release-hold.",
        footer = {
            "",
            "Example: deploy/cartulary holds place --kind reference --value 2026/117 \\",
            "             --reason \"Claim of the patient's family\" --review 2027-06-30"
        })
final class HoldsCommand {
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the holds that are in force, oldest first.",
            footer = {"", "Example: deploy/cartulary holds list"})
    int list(
            @Mixin ConsoleOptions at,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> {
            JsonNode holds = console.get("/api/holds");
            if (json) {
                Terminal.line(holds.toString());
                return;
            }
            holds.path("holds")
                    .forEach(hold -> Terminal.line("%s  %-10s  %s  review on %s: %s"
                            .formatted(
                                    hold.path("id").asText(),
                                    hold.path("kind").asText(),
                                    hold.path("value").asText(),
                                    hold.path("reviewOn").asText(),
                                    hold.path("reason").asText())));
        });
    }

    @Command(
            name = "place",
            mixinStandardHelpOptions = true,
            description = "Places a hold.",
            footer = {
                "",
                "Example: deploy/cartulary holds place --kind question --value 17 --reason \"Complaint of ward 3\" \\",
                "             --review 2027-06-30"
            })
    int place(
            @Mixin ConsoleOptions at,
            @Option(
                            names = "--kind",
                            required = true,
                            description = "document, collection, reference, question or everything.")
                    String kind,
            @Option(
                            names = "--value",
                            defaultValue = "",
                            description = "Id of the document or collection, the reference, or the question's number.")
                    String value,
            @Option(names = "--reason", required = true, description = "Why, in 10 to 1000 characters.") String reason,
            @Option(names = "--review", required = true, description = "The day on which to look again.")
                    String review) {
        return at.run(console -> {
            ObjectNode wanted = Console.JSON
                    .createObjectNode()
                    .put("kind", kind)
                    .put("value", value)
                    .put("reason", reason)
                    .put("reviewOn", review);
            JsonNode placed = console.post("/api/holds", wanted);
            Terminal.line("Held: " + placed.path("id").asText());
        });
    }
}
