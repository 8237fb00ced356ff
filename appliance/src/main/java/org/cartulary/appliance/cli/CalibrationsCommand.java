package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "calibrations",
        description = "From which score on documents are held to carry an answer, and what that costs.",
        footer = {
            "",
            "Example: deploy/cartulary calibrations show",
            "         deploy/cartulary calibrations use 3f2a9c41d0b7 --threshold 0.4"
        })
final class CalibrationsCommand {
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists those that are stored, the delivered one first.",
            footer = {"", "Example: deploy/cartulary calibrations list"})
    int list(
            @Mixin ConsoleOptions at,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> {
            JsonNode list = console.get("/api/calibrations");
            if (json) {
                Terminal.line(list.toString());
                return;
            }
            for (JsonNode one : list.path("calibrations")) {
                Terminal.line("%s  %s  %s  from %.2f on%s%s"
                        .formatted(
                                one.path("version").asText(),
                                one.path("madeOn").asText(),
                                one.path("description").asText(),
                                one.path("threshold").asDouble(),
                                one.path("counts").asBoolean() ? "  counts" : "",
                                one.path("fitsEmbedder").asBoolean() ? "" : "  for another embedder"));
            }
        });
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows what each threshold was measured to cost; without VERSION, of the one that counts.",
            footer = {"", "Example: deploy/cartulary calibrations show"})
    int show(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "VERSION", arity = "0..1", description = "As list prints it.") @Nullable
                    String version,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> {
            JsonNode one = console.get("/api/calibrations/" + Console.encoded(version == null ? "counting" : version));
            Terminal.line(json ? one.toString() : CalibrationTable.of(one));
        });
    }

    @Command(
            name = "use",
            mixinStandardHelpOptions = true,
            description = "Lets one count for every question from now on that is searched with the embedder that it was"
                    + " fitted with; the log says who did it.",
            footer = {"", "Example: deploy/cartulary calibrations use 3f2a9c41d0b7 --threshold 0.4"})
    int use(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "VERSION", description = "As list prints it.") String version,
            @Option(names = "--threshold", description = "In place of the proposed one, 0 to 1.") @Nullable
                    Double threshold) {
        ObjectNode body = Console.JSON.createObjectNode().put("version", version);
        if (threshold != null) {
            body.put("threshold", threshold);
        }
        return at.run(console -> {
            console.put("/api/calibrations/counting", body);
            if (!console.get("/api/calibrations/" + Console.encoded(version))
                    .path("fitsEmbedder")
                    .asBoolean()) {
                Terminal.remark(
                        "It was fitted with another embedder than that of the index that is searched, and counts"
                                + " when an index of its embedder is switched to.");
            }
        });
    }
}
