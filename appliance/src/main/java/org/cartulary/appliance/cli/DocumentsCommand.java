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
