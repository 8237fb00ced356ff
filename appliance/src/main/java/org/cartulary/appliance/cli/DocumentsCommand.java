package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "documents",
        description = "Documents of a collection, as far as they may be read.",
        footer = {
            "",
            "Example: deploy/cartulary documents list ward",
            "         deploy/cartulary documents show 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11"
        })
final class DocumentsCommand {
    private static final int PAGE = 500;

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = {
                "Lists documents with their ids and states; for those who manage the collection, with what they are",
                "marked with."
            },
            footer = {"", "Example: deploy/cartulary documents list ward"})
    int list(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "COLLECTION") String collection,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> Listing.print(
                console.all(
                        "/api/collections/" + Console.encoded(collection) + "/documents?limit=" + PAGE,
                        "documents",
                        "cursor"),
                json,
                "documents",
                DocumentsCommand::line));
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows what is known of a document; why it is marked as it is, mark show says.",
            footer = {"", "Example: deploy/cartulary documents show 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11"})
    int show(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "DOCUMENT-ID", description = "As list prints it.") UUID id,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> {
            JsonNode document = console.get("/api/documents/" + id);
            if (json) {
                Terminal.line(document.toString());
                return;
            }
            Terminal.line(line(document));
            Terminal.line("  %s, %s; %d passages, %d bytes, added %s"
                    .formatted(
                            document.path("title").asText(),
                            document.path("mediaType").asText(),
                            document.path("passages").asInt(),
                            document.path("bytes").asLong(),
                            document.path("addedAt").asText()));
        });
    }

    @Command(
            name = "details",
            mixinStandardHelpOptions = true,
            description = "Shows what the house says of a document, and how it stands today.",
            footer = {"", "Example: deploy/cartulary documents details 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11"})
    int details(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "DOCUMENT-ID", description = "As list prints it.") UUID id,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> print(console.get("/api/documents/" + id + "/details"), json));
    }

    @Command(
            name = "describe",
            mixinStandardHelpOptions = true,
            description = {
                "Says of a document who answers for it, where and from when until when it holds, and what it",
                "supersedes. What is not given, is said no longer. Only what is in force is searched."
            },
            footer = {
                "",
                "Example: deploy/cartulary documents describe 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11"
                        + " --effective-on 2026-07-01 --review-on 2027-07-01 --supersedes policies/visitors-2021.pdf"
            })
    int describe(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "DOCUMENT-ID", description = "As list prints it.") UUID id,
            @Mixin DetailsOptions details,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> print(console.putForJson("/api/documents/" + id + "/details", details.body()), json));
    }

    private static void print(JsonNode described, boolean json) {
        if (json) {
            Terminal.line(described.toString());
            return;
        }
        Terminal.line(described.path("standing").path("standing").asText()
                + (described.path("standing").path("reviewDue").asBoolean() ? ", due for a review" : ""));
        described.path("details").properties().forEach(said -> {
            if (!said.getValue().isNull()
                    && !(said.getValue().isContainerNode() && said.getValue().isEmpty())) {
                Terminal.line("  " + said.getKey() + ": "
                        + (said.getValue().isTextual()
                                ? said.getValue().asText()
                                : said.getValue().toString()));
            }
        });
    }

    private static String line(JsonNode document) {
        return "%s  %-6s  %s%s%s"
                .formatted(
                        document.path("id").asText(),
                        document.path("state").asText(),
                        document.path("path").asText(),
                        document.path("reason").isNull()
                                ? ""
                                : "  (" + document.path("reason").asText() + ")",
                        document.path("marks").isNull() ? "" : "  " + MarkCommand.text(document.path("marks")));
    }
}
