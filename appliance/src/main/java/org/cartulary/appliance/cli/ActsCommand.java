package org.cartulary.appliance.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "acts",
        description = "Acts that take two people: one asks, another approves, and it is done at once and once.",
        footer = {"", "Example: deploy/cartulary acts kinds", "         deploy/cartulary acts list --all"})
final class ActsCommand {
    private static final String NO_PERSON =
            "The console is no person, so the appliance refuses this here: people do it over REST (/api/acts), signed in.";
    private static final String ID = "As list prints it.";
    private static final int MOST = 500;

    @Command(
            name = "kinds",
            mixinStandardHelpOptions = true,
            description = "Lists the kinds of acts, and which roles ask for them and approve them.",
            footer = {"", "Example: deploy/cartulary acts kinds"})
    int kinds(
            @Mixin HomeOption at,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        try (Console console = Console.open(at.directory())) {
            Listing.print(
                    console.get("/api/acts/kinds"),
                    json,
                    "kinds",
                    kind -> "%-20s asked for by %s; approved by %s"
                            .formatted(
                                    kind.path("kind").asText(),
                                    Listing.joined(kind.path("requesters")),
                                    Listing.joined(kind.path("approvers"))));
            return 0;
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists acts that wait for a decision, latest first.",
            footer = {"", "Example: deploy/cartulary acts list --all"})
    int list(
            @Mixin HomeOption at,
            @Option(names = "--all", description = "Those that are decided too; the latest " + MOST + " at most.")
                    boolean all,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        try (Console console = Console.open(at.directory())) {
            Listing.print(console.get("/api/acts?limit=" + MOST + "&waiting=" + !all), json, "acts", ActsCommand::text);
            return 0;
        }
    }

    @Command(
            name = "request",
            mixinStandardHelpOptions = true,
            description = {"Asks for an act.", NO_PERSON},
            footer = {
                "",
                "Example: deploy/cartulary acts request delete-collection --parameter collection=ward"
                        + " --reason \"The ward is closed for good.\""
            })
    int request(
            @Mixin HomeOption at,
            @Parameters(paramLabel = "KIND", description = "As kinds prints it.") String kind,
            @Option(names = "--reason", required = true, description = "Whoever approves will read it.") String reason,
            @Option(
                            names = "--parameter",
                            paramLabel = "NAME=VALUE",
                            description = "As the kind wants it: a person by id. May be given again.")
                    @Nullable
                    Map<String, String> parameters,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        ObjectNode wanted = Console.JSON.createObjectNode().put("kind", kind).put("reason", reason);
        ObjectNode values = wanted.putObject("parameters");
        if (parameters != null) {
            parameters.forEach((name, value) -> values.set(name, value(value)));
        }
        return decide(at, "", wanted, json);
    }

    @Command(
            name = "approve",
            mixinStandardHelpOptions = true,
            description = {"Approves an act that somebody else asked for, which does it.", NO_PERSON},
            footer = {"", "Example: deploy/cartulary acts approve 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11"})
    int approve(
            @Mixin HomeOption at,
            @Parameters(paramLabel = "ID", description = ID) UUID id,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return decide(at, "/" + id + "/approve", Console.JSON.createObjectNode(), json);
    }

    @Command(
            name = "reject",
            mixinStandardHelpOptions = true,
            description = {"Ends a request without doing it; for those who could have approved it.", NO_PERSON},
            footer = {
                "",
                "Example: deploy/cartulary acts reject 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11 --reason \"Wrong ward.\""
            })
    int reject(
            @Mixin HomeOption at,
            @Parameters(paramLabel = "ID", description = ID) UUID id,
            @Option(names = "--reason", required = true, description = "For the record.") String reason,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return decide(at, "/" + id + "/reject", Console.JSON.createObjectNode().put("reason", reason), json);
    }

    @Command(
            name = "withdraw",
            mixinStandardHelpOptions = true,
            description = {"Takes one's own request back.", NO_PERSON},
            footer = {"", "Example: deploy/cartulary acts withdraw 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11"})
    int withdraw(
            @Mixin HomeOption at,
            @Parameters(paramLabel = "ID", description = ID) UUID id,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return decide(at, "/" + id + "/withdraw", Console.JSON.createObjectNode(), json);
    }

    private static int decide(HomeOption at, String route, ObjectNode body, boolean json) {
        try (Console console = Console.open(at.directory())) {
            JsonNode act = console.post("/api/acts" + route, body);
            Terminal.line(json ? act.toString() : text(act));
            return 0;
        }
    }

    /** Most parameters are texts, but separate-duties wants lists: what looks like one is read as one. */
    private static JsonNode value(String text) {
        if (!text.startsWith("[")) {
            return TextNode.valueOf(text);
        }
        try {
            return Console.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new CommandFailed("A parameter that begins with [ is a JSON list, but this is none: " + text);
        }
    }

    private static String text(JsonNode act) {
        String decision = act.path("decidedBy").isNull()
                ? "expires " + act.path("expiresAt").asText()
                : "by " + act.path("decidedBy").asText() + ", "
                        + act.path("decidedAt").asText();
        return "%s  %-9s  %s %s; %s%n        asked for by %s, %s: %s"
                .formatted(
                        act.path("id").asText(),
                        act.path("state").asText(),
                        act.path("kind").asText(),
                        act.path("parameters"),
                        decision,
                        act.path("requestedBy").asText(),
                        act.path("requestedAt").asText(),
                        act.path("reason").asText());
    }
}
