package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How far the log is time-stamped. */
@Command(
        name = "timestamps",
        mixinStandardHelpOptions = true,
        description = "Says how far the log is time-stamped (RFC 3161), and lists the stamps; --ask asks for one now.",
        footer = {"", "Example: deploy/cartulary audit timestamps --ask"})
final class TimestampsCommand implements Callable<Integer> {
    @Mixin
    private final ConsoleOptions at = new ConsoleOptions();

    @Option(names = "--ask", description = "Ask the authority that has an address now.")
    private boolean ask;

    @Option(names = "--limit", defaultValue = "20", description = "Stamps at most, 1 to 1000.")
    private int limit;

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Override
    public Integer call() {
        return at.run(console -> {
            if (ask) {
                console.post(TimestampWords.ROUTE + "/ask", Console.JSON.createObjectNode());
            }
            JsonNode listed = console.get(TimestampWords.ROUTE + "?limit=" + limit);
            if (json) {
                Terminal.line(listed.toString());
                return;
            }
            listed.path("stamps")
                    .forEach(stamp -> Terminal.line("%-24s  %d entries"
                            .formatted(
                                    stamp.path("time").asText(),
                                    stamp.path("size").asLong())));
            JsonNode status = listed.path("status");
            Terminal.line("%d stamps; %s".formatted(status.path("stamps").asLong(), TimestampWords.of(status)));
        });
    }
}
