package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "index",
        description = {
            "Builds an index beside the one that is searched, compares both, switches to it and back. A change of the",
            "embedder, or of how documents are cut, needs one."
        },
        footer = {
            "",
            "Example: deploy/cartulary index build --embedder bge-base --wait",
            "         deploy/cartulary index compare questions/ --collection ward",
            "         deploy/cartulary index switch g2-0f3a9c5e77d1"
        })
final class IndexCommand {
    private static final String NAME = "Its name, as list prints it.";

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description =
                    "Lists indexes, how far each is, and why another would be better than the one that is searched.",
            footer = {"", "Example: deploy/cartulary index list --json"})
    int list(
            @Mixin ConsoleOptions at,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> {
            JsonNode list = console.get("/api/index");
            if (json) {
                Terminal.line(list.toString());
                return;
            }
            list.path("indexes").forEach(IndexCommand::show);
            list.path("remarks").forEach(remark -> Terminal.remark(remark.asText()));
        });
    }

    @Command(
            name = "build",
            mixinStandardHelpOptions = true,
            description = {
                "Begins an index beside the one that is searched, which goes on answering. It is filled while no question",
                "is under way, follows whatever is written meanwhile, and goes on after a restart."
            },
            footer = {"", "Example: deploy/cartulary index build --embedder 3f9a1c22 --wait"})
    int build(
            @Mixin ConsoleOptions at,
            @Option(
                            names = "--embedder",
                            description =
                                    "Name, or at least 8 digits of the hash, of an imported embedder (default: the"
                                            + " one that serves).")
                    @Nullable
                    String embedder,
            @Option(names = "--wait", description = "Return only when it is built.") boolean wait,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> {
            ObjectNode body = Console.JSON.createObjectNode().put("untilBuilt", wait);
            if (embedder != null) {
                body.put("embedder", embedder);
            }
            tell(wait ? ProgressEvents.follow(console, "/api/index", body) : console.post("/api/index", body), json);
        });
    }

    @Command(
            name = "compare",
            mixinStandardHelpOptions = true,
            description = {
                "Asks two indexes questions with known answers, among the documents that you may read, and prints how well",
                "each does, and the 95%% interval of the difference (paired bootstrap)."
            },
            footer = {"", "Example: deploy/cartulary index compare questions/ --collection ward"})
    int compare(
            @Mixin ConsoleOptions at,
            @Parameters(
                            paramLabel = "DIR",
                            description = "Holds queries.jsonl (_id, text) and qrels.tsv (query-id, path of a document,"
                                    + " score).")
                    Path directory,
            @Option(names = "--collection", required = true, description = "The collection that is asked.")
                    String collection,
            @Option(names = "--first", description = "An index (default: the one that is searched).") @Nullable
                    String first,
            @Option(names = "--second", description = "Another (default: the one that is built).") @Nullable
                    String second,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> {
            ObjectNode body = Console.JSON
                    .createObjectNode()
                    .put("collection", collection)
                    .put("queries", read(directory.resolve("queries.jsonl")))
                    .put("qrels", read(directory.resolve("qrels.tsv")));
            if (first != null) {
                body.put("first", first);
            }
            if (second != null) {
                body.put("second", second);
            }
            JsonNode report = console.post("/api/index/compare", body);
            if (json) {
                Terminal.line(report.toString());
            } else {
                show(report.path("first"), report.path("second"), report);
            }
        });
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CommandFailed(
                    "There is no " + file + " to read: name a folder with queries.jsonl and qrels.tsv.");
        }
    }

    private static void show(JsonNode first, JsonNode second, JsonNode report) {
        Terminal.line("%-20s  nDCG@10  recall@100   MRR@10   p50 ms   p99 ms".formatted("index"));
        for (JsonNode side : new JsonNode[] {first, second}) {
            Terminal.line("%-20s  %7.3f  %10.3f  %7.3f  %7.1f  %7.1f"
                    .formatted(
                            side.path("index").asText(),
                            side.path("ndcgAt10").asDouble(),
                            side.path("recallAt100").asDouble(),
                            side.path("mrrAt10").asDouble(),
                            side.path("p50Ms").asDouble(),
                            side.path("p99Ms").asDouble()));
        }
        Terminal.line("nDCG@10 %+.3f (95%%: %+.3f to %+.3f); %.0f%% of the first ten are the same; %d questions"
                .formatted(
                        report.path("ndcgDifference").asDouble(),
                        report.path("ndcgDifferenceLow").asDouble(),
                        report.path("ndcgDifferenceHigh").asDouble(),
                        100 * report.path("overlapAt10").asDouble(),
                        report.path("questions").asInt()));
        long judged = report.path("judgedDocuments").asLong();
        long findable = report.path("findableDocuments").asLong();
        if (findable < judged) {
            Terminal.remark((judged - findable) + " of the " + judged
                    + " documents that answer a question are not there, or you may not read them.");
        }
    }

    @Command(
            name = "switch",
            mixinStandardHelpOptions = true,
            description = {
                "Lets all searches that begin from now on go to another index, or back to one of before. Its embedder",
                "serves from then on, also after a restart. Nothing goes dark. Refused where no calibration counts for its",
                "embedder (calibrate --index)."
            },
            footer = {"", "Example: deploy/cartulary index switch g2-0f3a9c5e77d1"})
    int switchTo(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "INDEX", description = NAME) String name,
            @Option(
                            names = "--uncalibrated",
                            description = "Also where no calibration counts for its embedder, so that every question is"
                                    + " abstained from until one does.")
                    boolean uncalibrated,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> tell(
                console.post(
                        "/api/index/" + Console.encoded(name) + "/switch?uncalibrated=" + uncalibrated,
                        Console.JSON.createObjectNode()),
                json));
    }

    @Command(
            name = "cancel",
            mixinStandardHelpOptions = true,
            description = "Gives up the index that is being built, or is built and was not switched to.",
            footer = {"", "Example: deploy/cartulary index cancel"})
    int cancel(
            @Mixin ConsoleOptions at,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> tell(console.post("/api/index/cancel", Console.JSON.createObjectNode()), json));
    }

    @Command(
            name = "drop",
            mixinStandardHelpOptions = true,
            description = "Frees the room of an index of before, which cannot be switched back to then.",
            footer = {"", "Example: deploy/cartulary index drop g1-c0ffee000000"})
    int drop(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "INDEX", description = NAME) String name,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> {
            console.delete("/api/index/" + Console.encoded(name));
            Terminal.line(
                    json ? Console.JSON.createObjectNode().put("dropped", name).toString() : "Dropped " + name);
        });
    }

    private static void tell(JsonNode index, boolean json) {
        if (json) {
            Terminal.line(index.toString());
        } else {
            show(index);
        }
    }

    private static void show(JsonNode index) {
        long documents = index.path("documents").asLong();
        long passages = index.path("passages").asLong();
        boolean dropped = index.path("state").asText().equals("dropped");
        Terminal.line("%-20s  %-8s  %s%s"
                .formatted(
                        index.path("name").asText(),
                        index.path("state").asText(),
                        index.path("embedderName").asText(index.path("embedder").asText()),
                        dropped
                                ? ""
                                : "  %d of %d documents cut, %d of %d passages embedded"
                                        .formatted(
                                                index.path("cutDocuments").asLong(),
                                                documents,
                                                index.path("embedded").asLong(),
                                                passages)));
        if (index.path("failure").isTextual()) {
            Terminal.remark("It halts: " + index.path("failure").asText());
        }
    }
}
