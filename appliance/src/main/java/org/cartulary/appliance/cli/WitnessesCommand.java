package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How far the log is witnessed. */
@Command(
        name = "witnesses",
        mixinStandardHelpOptions = true,
        description = "Says how far the log is witnessed and which witnesses did not sign; --ask asks them now.",
        footer = {"", "Example: deploy/cartulary audit witnesses --ask"})
final class WitnessesCommand implements Callable<Integer> {
    @Mixin
    private final ConsoleOptions at = new ConsoleOptions();

    @Option(names = "--ask", description = "Ask the witnesses that have an address now.")
    private boolean ask;

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Override
    public Integer call() {
        return at.run(console -> {
            JsonNode status = ask
                    ? console.post(WitnessWords.ROUTE + "/ask", Console.JSON.createObjectNode())
                    : console.get(WitnessWords.ROUTE);
            if (json) {
                Terminal.line(status.toString());
                return;
            }
            Terminal.line("%d witnesses; %s".formatted(status.path("witnesses").asInt(), WitnessWords.of(status)));
            status.path("troubles")
                    .properties()
                    .forEach(trouble -> Terminal.line("  %s: %s"
                            .formatted(trouble.getKey(), trouble.getValue().asText())));
        });
    }
}
