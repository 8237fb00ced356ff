package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "emergencies",
        description = {
            "Emergency accesses, and what compliance officers found of them. Who opens one, and who reviews it, shows a key",
            "of his own with --key-file."
        },
        footer = {
            "",
            "Example: deploy/cartulary emergencies open ward --reason \"Patient collapsed in room 6.\" --for 30m",
            "         deploy/cartulary emergencies to-review",
            "         deploy/cartulary emergencies review 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11 --justified"
        })
final class EmergenciesCommand {
    private static final String ROUTE = "/api/emergencies";
    private static final String ROWS = "emergencies";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Command(
            name = "open",
            mixinStandardHelpOptions = true,
            description = "Opens a collection to oneself for a while. It is on record, and will be reviewed.",
            footer = {
                "",
                "Example: deploy/cartulary emergencies open ward --reason \"Patient collapsed in room 6.\" --for 30m"
            })
    int open(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "COLLECTION") String collection,
            @Option(names = "--reason", required = true, description = "For the reviewer.") String reason,
            @Option(
                            names = "--for",
                            paramLabel = "LENGTH",
                            converter = LengthOfTime.class,
                            description = "How long: 30m, 2h (default: as long as the house allows).")
                    @Nullable
                    Duration length,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        ObjectNode wanted = Console.JSON
                .createObjectNode()
                .put("collection", collection)
                .put("reason", reason)
                .put("minutes", length == null ? null : length.toMinutes());
        return at.run(console -> print(console.post(ROUTE, wanted), json));
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists one's own, latest first.",
            footer = {"", "Example: deploy/cartulary emergencies list --key-file my.key"})
    int list(
            @Mixin ConsoleOptions at,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> Listing.print(console.get(ROUTE), json, ROWS, EmergenciesCommand::line));
    }

    @Command(
            name = "close",
            mixinStandardHelpOptions = true,
            description = "Ends one's own before its time.",
            footer = {"", "Example: deploy/cartulary emergencies close 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11"})
    int close(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "ID", description = "As open and list print it.") UUID id,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(
                console -> print(console.post(ROUTE + "/" + id + "/close", Console.JSON.createObjectNode()), json));
    }

    @Command(
            name = "to-review",
            mixinStandardHelpOptions = true,
            description = "Lists those that wait for a review, with their reasons, the most urgent first.",
            footer = {"", "Example: deploy/cartulary emergencies to-review"})
    int toReview(
            @Mixin ConsoleOptions at,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(
                console -> Listing.print(console.get(ROUTE + "/to-review"), json, ROWS, EmergenciesCommand::reviewed));
    }

    @Command(
            name = "reviewed",
            mixinStandardHelpOptions = true,
            description = "Lists those that were reviewed, by the time of their review, latest first.",
            footer = {"", "Example: deploy/cartulary emergencies reviewed --limit 20"})
    int reviewed(
            @Mixin ConsoleOptions at,
            @Option(
                            names = "--limit",
                            description = "At most, 1 to 500 (default: ${DEFAULT-VALUE}).",
                            defaultValue = "100")
                    int limit,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> Listing.print(
                console.get(ROUTE + "/reviewed?limit=" + limit), json, ROWS, EmergenciesCommand::reviewed));
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows one, with the questions that were asked of its collection while it was open.",
            footer = {"", "Example: deploy/cartulary emergencies show 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11"})
    int show(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "ID", description = "As to-review and reviewed print it.") UUID id,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> {
            JsonNode emergency = console.get(ROUTE + "/" + id);
            if (json) {
                Terminal.line(emergency.toString());
                return;
            }
            Terminal.line(reviewed(emergency));
            emergency
                    .path("questions")
                    .forEach(question -> Terminal.line("        question %d, asked %s"
                            .formatted(
                                    question.path("number").asLong(),
                                    question.path("askedAt").asText())));
            int destroyed = emergency.path("destroyedQuestions").asInt();
            if (destroyed > 0) {
                Terminal.line("        and " + destroyed + " whose records were destroyed");
            }
        });
    }

    @Command(
            name = "terms",
            mixinStandardHelpOptions = true,
            description = "Shows or sets how long an emergency lasts at most, and how soon it is to be reviewed.",
            footer = {
                "",
                "Example: deploy/cartulary emergencies terms",
                "         deploy/cartulary emergencies terms --longest 4h --review-within 72h"
            })
    int terms(
            @Mixin ConsoleOptions at,
            @Option(
                            names = "--longest",
                            paramLabel = "LENGTH",
                            converter = LengthOfTime.class,
                            description = "1m to 24h; those that are open keep theirs.")
                    @Nullable
                    Duration longest,
            @Option(
                            names = "--review-within",
                            paramLabel = "LENGTH",
                            converter = LengthOfTime.class,
                            description = "1h to 30d, in whole hours.")
                    @Nullable
                    Duration within,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        if (within != null && !within.equals(Duration.ofHours(within.toHours()))) {
            throw new ParameterException(spec.subcommands().get("terms"), "--review-within is in whole hours.");
        }
        return at.run(console -> {
            ObjectNode terms = (ObjectNode) console.get(ROUTE + "/terms");
            if (longest != null) {
                terms.put("longestMinutes", longest.toMinutes());
            }
            if (within != null) {
                terms.put("reviewWithinHours", within.toHours());
            }
            if (longest != null || within != null) {
                console.put(ROUTE + "/terms", terms);
            }
            Terminal.line(
                    json
                            ? terms.toString()
                            : "Lasts %d minutes at most; to be reviewed within %d hours"
                                    .formatted(
                                            terms.path("longestMinutes").asLong(),
                                            terms.path("reviewWithinHours").asLong()));
        });
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
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "ID", description = "As to-review prints it.") UUID id,
            @Option(names = "--justified", description = "There was reason for it.") boolean justified,
            @Option(names = "--not-justified", description = "There was none.") boolean notJustified,
            @Option(names = "--remark", description = "For the record.", defaultValue = "") String remark,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        if (justified == notJustified) {
            throw new ParameterException(
                    spec.subcommands().get("review"), "Say either --justified or --not-justified.");
        }
        return at.run(console -> {
            ObjectNode finding =
                    Console.JSON.createObjectNode().put("justified", justified).put("remark", remark);
            JsonNode reviewed = console.post(ROUTE + "/" + id + "/review", finding);
            Terminal.line(json ? reviewed.toString() : reviewed(reviewed));
        });
    }

    private static void print(JsonNode emergency, boolean json) {
        Terminal.line(json ? emergency.toString() : line(emergency));
    }

    private static String line(JsonNode emergency) {
        return line(emergency, emergency.path("review"));
    }

    /** As officers see it: with the reason, and what was found. */
    private static String reviewed(JsonNode emergency) {
        String reason = emergency.path("destroyed").asBoolean()
                ? "(the record of the reason was destroyed)"
                : emergency.path("reason").asText();
        String finding = emergency.path("verdict").isNull()
                ? ""
                : "%n        reviewed by %s, %s%s"
                        .formatted(
                                emergency.path("reviewer").asText(),
                                emergency.path("reviewedAt").asText(),
                                emergency.path("remark").asText("").isEmpty()
                                        ? ""
                                        : ": " + emergency.path("remark").asText());
        return line(emergency, emergency.path("verdict")) + System.lineSeparator() + "        " + reason + finding;
    }

    private static String line(JsonNode emergency, JsonNode verdict) {
        return "%s  number %d  %s in %s, %s to %s, %s"
                .formatted(
                        emergency.path("id").asText(),
                        emergency.path("number").asLong(),
                        emergency.path("person").asText(),
                        emergency.path("collection").asText(),
                        emergency.path("openedAt").asText(),
                        emergency.path("endsAt").asText(),
                        verdict.isNull()
                                ? "to be reviewed by "
                                        + emergency.path("reviewBy").asText()
                                : verdict.asText());
    }
}
