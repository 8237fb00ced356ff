package org.cartulary.appliance.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "acts",
        description = {
            "Acts that take two people: one asks, another approves, and it is done at once and once. Each shows a key of",
            "his own with --key-file, which he makes on his account page with the scope administer or audit."
        },
        footer = {
            "",
            "Example: deploy/cartulary acts kinds",
            "         deploy/cartulary acts approve 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11 --key-file my.key"
        })
final class ActsCommand {
    private static final String NO_PERSON =
            "The console is no person, so this takes a key of the person who does it: --key-file.";
    private static final String ID = "As list prints it.";
    private static final String KINDS = "/api/acts/kinds";
    private static final int MOST = 500;

    @Command(
            name = "kinds",
            mixinStandardHelpOptions = true,
            description =
                    "Lists the kinds of acts, what they want to know, and which roles ask for them and approve them.",
            footer = {"", "Example: deploy/cartulary acts kinds"})
    int kinds(
            @Mixin ConsoleOptions at,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> Listing.print(console.get(KINDS), json, "kinds", ActsCommand::kind));
    }

    private static String kind(JsonNode kind) {
        StringBuilder text = new StringBuilder("%-20s asked for by %s; approved by %s"
                .formatted(
                        kind.path("kind").asText(),
                        Listing.joined(kind.path("requesters")),
                        Listing.joined(kind.path("approvers"))));
        kind.path("parameters")
                .forEach(parameter -> text.append("%n        %s (%s): %s"
                        .formatted(
                                parameter.path("name").asText(),
                                parameter.path("type").asText(),
                                parameter.path("what").asText())));
        return text.toString();
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists acts that wait for a decision, latest first.",
            footer = {"", "Example: deploy/cartulary acts list --all"})
    int list(
            @Mixin ConsoleOptions at,
            @Option(names = "--all", description = "Those that are decided too; the latest " + MOST + " at most.")
                    boolean all,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> Listing.print(
                console.get("/api/acts?limit=" + MOST + "&waiting=" + !all), json, "acts", ActsCommand::text));
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows one that was asked for, however it stands.",
            footer = {"", "Example: deploy/cartulary acts show 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11"})
    int show(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "ID", description = ID) UUID id,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> print(console.get("/api/acts/" + id), json));
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
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "KIND", description = "As kinds prints it.") String kind,
            @Option(names = "--reason", required = true, description = "Whoever approves will read it.") String reason,
            @Option(
                            names = "--parameter",
                            paramLabel = "NAME=VALUE",
                            description =
                                    "As kinds prints it: a person by name or id, a list as JSON. May be given again.")
                    @Nullable
                    Map<String, String> parameters,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> {
            ObjectNode wanted =
                    Console.JSON.createObjectNode().put("kind", kind).put("reason", reason);
            ObjectNode values = wanted.putObject("parameters");
            if (parameters != null) {
                Map<String, String> types = types(console, kind);
                parameters.forEach((name, value) -> values.set(name, value(console, types.get(name), name, value)));
            }
            print(console.post("/api/acts", wanted), json);
        });
    }

    @Command(
            name = "approve",
            mixinStandardHelpOptions = true,
            description = {"Approves an act that somebody else asked for, which does it.", NO_PERSON},
            footer = {
                "",
                "Example: deploy/cartulary acts approve 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11 --key-file my.key"
            })
    int approve(
            @Mixin ConsoleOptions at,
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
            @Mixin ConsoleOptions at,
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
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "ID", description = ID) UUID id,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return decide(at, "/" + id + "/withdraw", Console.JSON.createObjectNode(), json);
    }

    private static int decide(ConsoleOptions at, String route, ObjectNode body, boolean json) {
        return at.run(console -> print(console.post("/api/acts" + route, body), json));
    }

    static void print(JsonNode act, boolean json) {
        Terminal.line(json ? act.toString() : text(act));
    }

    /** Types of the parameters of a kind, by name; none where there is no such kind, which the appliance says. */
    private static Map<String, String> types(Console console, String kind) {
        Map<String, String> types = new TreeMap<>();
        for (JsonNode known : console.get(KINDS).path("kinds")) {
            if (known.path("kind").asText().equals(kind)) {
                known.path("parameters")
                        .forEach(parameter -> types.put(
                                parameter.path("name").asText(),
                                parameter.path("type").asText()));
            }
        }
        return types;
    }

    private static JsonNode value(Console console, @Nullable String type, String name, String text) {
        if ("person".equals(type)) {
            return TextNode.valueOf(console.idOf(text));
        }
        if (!"list".equals(type)) {
            return TextNode.valueOf(text);
        }
        try {
            return Console.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new CommandFailed("The parameter " + name + " is a JSON list, but this is none: " + text);
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
