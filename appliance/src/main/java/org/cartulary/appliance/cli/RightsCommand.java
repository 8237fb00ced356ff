package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rights",
        description = "Why somebody may see a document, and what somebody could see on a day.",
        footer = {
            "",
            "Example: deploy/cartulary rights why ben 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11",
            "         deploy/cartulary rights readable ben --at 2026-11-22T09:30:00Z"
        })
final class RightsCommand {
    private static final String WHO = "Name or id of a person or a service.";
    private static final String AT = "A time of the past, such as 2026-11-22T09:30:00Z (default: now).";

    @Command(
            name = "why",
            mixinStandardHelpOptions = true,
            description = {
                "Says whether somebody may see a document, and everything that was looked at to know.",
                "Exit code 0 for either answer."
            },
            footer = {"", "Example: deploy/cartulary rights why ben 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11"})
    int why(
            @Mixin ConsoleOptions by,
            @Parameters(paramLabel = "WHO", description = WHO) String who,
            @Parameters(paramLabel = "DOCUMENT-ID", description = "As readable prints it.") UUID document,
            @Option(names = "--at", paramLabel = "TIME", description = AT) @Nullable String at,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        try (Console console = by.open()) {
            JsonNode why = console.get("/api/rights/why?subject=" + Console.encoded(console.idOf(who)) + "&document="
                    + document + (at == null ? "" : "&at=" + Console.encoded(at)));
            if (json) {
                Terminal.line(why.toString());
                return 0;
            }
            Terminal.line((why.path("reads").asBoolean() ? "May see it" : "May not see it") + ", as of policy version "
                    + why.path("policyVersion").asLong() + ":");
            why.path("reasons")
                    .forEach(reason ->
                            Terminal.line((reason.path("inFavour").asBoolean() ? "  for      " : "  against  ")
                                    + reason.path("text").asText()));
            return 0;
        }
    }

    @Command(
            name = "readable",
            mixinStandardHelpOptions = true,
            description = "Lists collections and documents that somebody could see.",
            footer = {"", "Example: deploy/cartulary rights readable ben --at 2026-11-22T09:30:00Z"})
    int readable(
            @Mixin ConsoleOptions by,
            @Parameters(paramLabel = "WHO", description = WHO) String who,
            @Option(names = "--at", paramLabel = "TIME", description = AT) @Nullable String at,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        try (Console console = by.open()) {
            ObjectNode readable = readable(console, console.idOf(who), at);
            if (json) {
                Terminal.line(readable.toString());
                return 0;
            }
            Terminal.line(
                    "As of policy version " + readable.path("policyVersion").asLong() + "; collections: "
                            + Listing.joined(readable.path("collections")));
            for (JsonNode document : readable.path("documents")) {
                Terminal.line(document.path("id").asText() + "  "
                        + document.path("path").asText("(gone since)"));
            }
            return 0;
        }
    }

    /** All pages as one. They are of one time, or a change of policy between two would mix what was with what is. */
    private static ObjectNode readable(Console console, String subject, @Nullable String at) {
        String uri = "/api/rights/readable?limit=" + Console.PAGE + "&subject=" + Console.encoded(subject) + "&at="
                + Console.encoded(at == null ? Instant.now().toString() : at);
        return console.all(uri, "documents", "after");
    }
}
