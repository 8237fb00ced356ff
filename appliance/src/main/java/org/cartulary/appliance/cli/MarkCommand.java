package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "mark",
        description = "What a document is marked with itself, beside what the rules of its collection say of its path.",
        footer = {
            "",
            "Example: deploy/cartulary mark set 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11 --label psychiatry --level 2",
            "         deploy/cartulary mark show 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11"
        })
final class MarkCommand {
    private static final String DOCUMENT = "As documents list prints it.";

    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description = "Sets what a document is marked with itself. What is not given, it is marked with no longer.",
            footer = {
                "",
                "Example: deploy/cartulary mark set 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11 --label psychiatry --level 2"
            })
    int set(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "DOCUMENT-ID", description = DOCUMENT) UUID document,
            @Option(names = "--label", description = "That it bears. May be given again.") @Nullable
                    List<String> labels,
            @Option(names = "--level", description = "That it has at least.") @Nullable Integer level) {
        return at.run(console -> console.put(path(document), RulesCommand.marks(labels, level)));
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description =
                    "Shows what a document is marked with itself, by the rules for its path, and what that comes to.",
            footer = {"", "Example: deploy/cartulary mark show 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11"})
    int show(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "DOCUMENT-ID", description = DOCUMENT) UUID document,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> {
            JsonNode marks = console.get(path(document));
            if (json) {
                Terminal.line(marks.toString());
                return;
            }
            Terminal.line("Itself:    " + text(marks.path("own")));
            Terminal.line("By rules:  " + text(marks.path("byPathRules")));
            Terminal.line("Together:  " + text(marks.path("effective")));
        });
    }

    /** Labels and level, as rows of other lists end with. */
    static String text(JsonNode marks) {
        String labels = Listing.joined(marks.path("labels"));
        return "level "
                + (marks.path("level").isNull() ? "-" : marks.path("level").asText())
                + (labels.isEmpty() ? "" : ", labels " + labels);
    }

    private static String path(UUID document) {
        return "/api/documents/" + document + "/marks";
    }
}
