package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "emergencies",
        description = "Emergency accesses, and what compliance officers found of them.",
        footer = {
            "",
            "Example: deploy/cartulary emergencies to-review",
            "         deploy/cartulary emergencies review 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11 --justified"
        })
final class EmergenciesCommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Command(
            name = "to-review",
            mixinStandardHelpOptions = true,
            description = {
                "Lists those that wait for a review, the most urgent first. Their reasons lie in the record of their",
                "number, which audit export brings out."
            },
            footer = {"", "Example: deploy/cartulary emergencies to-review"})
    int toReview(
            @Mixin HomeOption at,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        try (Console console = Console.open(at.directory())) {
            Listing.print(console.get("/api/emergencies/to-review"), json, "emergencies", EmergenciesCommand::line);
            return 0;
        }
    }

    @Command(
            name = "review",
            mixinStandardHelpOptions = true,
            description = "Records what was found of an emergency access, once.",
            footer = {
                "",
                "Example: deploy/cartulary emergencies review 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11 --not-justified"
                        + " --remark \"Another ward's patient.\""
            })
    int review(
            @Mixin HomeOption at,
            @Parameters(paramLabel = "ID", description = "As to-review prints it.") UUID id,
            @Option(names = "--justified", description = "There was reason for it.") boolean justified,
            @Option(names = "--not-justified", description = "There was none.") boolean notJustified,
            @Option(names = "--remark", description = "For the record.", defaultValue = "") String remark,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        if (justified == notJustified) {
            throw new ParameterException(
                    spec.subcommands().get("review"), "Say either --justified or --not-justified.");
        }
        try (Console console = Console.open(at.directory())) {
            ObjectNode finding =
                    Console.JSON.createObjectNode().put("justified", justified).put("remark", remark);
            JsonNode reviewed = console.post("/api/emergencies/" + id + "/review", finding);
            Terminal.line(json ? reviewed.toString() : line(reviewed));
            return 0;
        }
    }

    private static String line(JsonNode emergency) {
        return "%s  number %d  %s in %s, %s to %s, %s"
                .formatted(
                        emergency.path("id").asText(),
                        emergency.path("number").asLong(),
                        emergency.path("person").asText(),
                        emergency.path("collection").asText(),
                        emergency.path("openedAt").asText(),
                        emergency.path("endsAt").asText(),
                        emergency.path("review").isNull()
                                ? "to be reviewed by "
                                        + emergency.path("reviewBy").asText()
                                : emergency.path("review").asText());
    }
}
