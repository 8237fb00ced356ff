package org.cartulary.appliance.cli;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "mark",
        description = {
            "Sets what a document is marked with itself, beside what the rules of its collection say of its path.",
            "What is not given, it is marked with no longer."
        },
        footer = {"", "Example: deploy/cartulary mark 0e5c6a0e-5f1f-4f0f-9a57-2f6f1b0c8c11 --label psychiatry --level 2"
        })
final class MarkCommand implements Callable<Integer> {
    @Mixin
    private final HomeOption home = new HomeOption();

    @Parameters(paramLabel = "DOCUMENT-ID", description = "As rights readable prints it.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private UUID document;

    @Option(names = "--label", description = "That it bears. May be given again.")
    private List<String> labels = List.of();

    @Option(names = "--level", description = "That it has at least.")
    private @Nullable Integer level;

    @Override
    public Integer call() {
        try (Console console = Console.open(home.directory())) {
            console.put("/api/documents/" + document + "/marks", RulesCommand.marks(labels, level));
            return 0;
        }
    }
}
