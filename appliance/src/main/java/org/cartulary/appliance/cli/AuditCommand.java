package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.cartulary.appliance.home.OwnerOnlyFile;
import org.cartulary.appliance.local.Reply;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "audit",
        subcommands = {
            ExportCommand.class,
            WitnessesCommand.class,
            CheckpointCommand.class,
            CosignedCommand.class,
            ReviewCommands.Questions.class,
            ReviewCommands.Question.class,
            ReviewCommands.Compare.class,
            ReviewCommands.Review.class,
            TimestampsCommand.class,
            TimestampCommand.class
        },
        description = "Shows, exports and verifies evidence. (audit verify needs no appliance; the launcher runs it.)",
        footer = {
            "",
            "Example: deploy/cartulary audit export --out evidence.zip",
            "         deploy/cartulary audit verify evidence.zip --key log.vkey --certificate manifest.pem"
        })
final class AuditCommand {
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Lists entries of the log and its state.",
            footer = {"", "Example: deploy/cartulary audit show --from 0 --limit 100"})
    int show(
            @Mixin ConsoleOptions at,
            @Option(names = "--from", description = "First tree index (default: the last entries).") @Nullable
                    Long from,
            @Option(names = "--limit", defaultValue = "20", description = "Entries at most, 1 to 1000.") int limit,
            @Option(names = "--shard", description = "Of the log (default: the open one); audit shards lists them.")
                    @Nullable
                    String shard,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        try (Console console = at.open()) {
            JsonNode status = console.get("/api/status").path("log");
            String of = shard == null ? "" : "&shard=" + Console.encoded(shard);
            long size = shard == null
                    ? status.path("size").asLong()
                    : console.get("/api/audit/entries?limit=1" + of)
                            .path("size")
                            .asLong();
            long first = from != null ? from : Math.max(0, size - limit);
            JsonNode entries = console.get("/api/audit/entries?from=" + first + "&limit=" + limit + of);
            if (json) {
                ObjectNode all = Console.JSON.createObjectNode();
                all.set("log", status);
                all.set("shard", entries.path("shard"));
                all.set("entries", entries.path("entries"));
                Terminal.line(all.toString());
                return 0;
            }
            for (JsonNode entry : entries.path("entries")) {
                Terminal.line("%8d  %-27s  %-18s  question or act %d"
                        .formatted(
                                entry.path("index").asLong(),
                                entry.path("time").asText(),
                                entry.path("type").asText(),
                                entry.path("number").asLong()));
            }
            Terminal.line("Shard " + entries.path("shard").asText() + ": " + size + " entries; checkpoint "
                    + (status.path("checkpointAgeSeconds").isNumber()
                            ? status.path("checkpointAgeSeconds").asLong() + " s ago; "
                            : "not known since the start; ")
                    + WitnessWords.of(status.path("witnessed")) + " "
                    + sentence(TimestampWords.of(status.path("timestamped"))));
            return 0;
        }
    }

    @Command(
            name = "shards",
            mixinStandardHelpOptions = true,
            description = "Lists the trees of the log: one for each year, and one more after each change of its key.",
            footer = {"", "Example: deploy/cartulary audit shards"})
    int shards(
            @Mixin ConsoleOptions at,
            @Option(names = "--json", description = "Print one JSON array instead of text.") boolean json) {
        return at.run(console -> {
            JsonNode shards = console.get("/api/audit/shards");
            if (json) {
                Terminal.line(shards.toString());
                return;
            }
            shards.forEach(shard -> Terminal.line("%-8s  %s to %-27s  %s"
                    .formatted(
                            shard.path("name").asText(),
                            shard.path("opened").asText(),
                            shard.path("closed").asText("now"),
                            shard.path("vkey").asText())));
        });
    }

    @Command(
            name = "replay",
            mixinStandardHelpOptions = true,
            description = {
                "Makes the generated answer to a question again, by the same model in a lane of its own, and says how far",
                "it came out the same: identical, same to token N, or diverged."
            },
            footer = {"", "Example: deploy/cartulary audit replay 17"})
    int replay(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "NUMBER", description = "Number of the question.") long number,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> {
            JsonNode replay = console.post("/api/audit/replay/" + number, Console.JSON.createObjectNode());
            Terminal.line(
                    json
                            ? replay.toString()
                            : "Question %d: %s (%d of %d tokens; %s, %d threads)%s"
                                    .formatted(
                                            number,
                                            replay.path("grade").asText(),
                                            replay.path("sameTokens").asInt(),
                                            replay.path("recordedTokens").asInt(),
                                            replay.path("kernel").asText(),
                                            replay.path("threads").asInt(),
                                            otherKernel(replay)));
        });
    }

    @Command(
            name = "replay-search",
            mixinStandardHelpOptions = true,
            description = {
                "Makes the search of a question again, in the index of then with the vector and the rights of then, among",
                "the documents of now, and says which hits are where they were: exact, same-hits (with other scores),",
                "or differs."
            },
            footer = {"", "Example: deploy/cartulary audit replay-search 17"})
    int replaySearch(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "NUMBER", description = "Number of the question.") long number,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> {
            JsonNode again = console.post("/api/audit/replay-search/" + number, Console.JSON.createObjectNode());
            if (json) {
                Terminal.line(again.toString());
                return;
            }
            Terminal.line("Question %d: %s (%d hits in %s; %d changes of documents since)"
                    .formatted(
                            number,
                            again.path("grade").asText(),
                            again.path("hits").asInt(),
                            again.path("index").asText(),
                            again.path("changesSince").asLong()));
            again.path("differences")
                    .forEach(hit -> Terminal.line("  passage %s of %s: rank %s then, %s now: %s"
                            .formatted(
                                    hit.path("passage").asText(),
                                    hit.path("document").asText(),
                                    hit.path("before").asText("-"),
                                    hit.path("now").asText("-"),
                                    hit.path("reason").asText())));
        });
    }

    private static String otherKernel(JsonNode replay) {
        String recorded = replay.path("recordedKernel").asText();
        return recorded.equals(replay.path("kernel").asText())
                ? ""
                : "%nThe recorded answer was computed by %s: other tokens on another build or processor prove nothing."
                        .formatted(recorded);
    }

    private static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** Streams the bundle to a file that appears only when complete. */
    static void write(Console console, Path out, String query) {
        Path target = out.toAbsolutePath();
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try (Reply reply = console.postForStream(
                "/api/audit/export?" + query, Console.JSON.createObjectNode(), "application/zip")) {
            // It discloses every question and answer: for its owner's eyes.
            OwnerOnlyFile.write(part, "");
            try (OutputStream file = Files.newOutputStream(part)) {
                reply.body().transferTo(file);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CommandFailed("The bundle could not be written to " + out + ": " + e.getMessage());
        }
    }
}
