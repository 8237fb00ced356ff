package org.cartulary.appliance.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.cartulary.appliance.bench.Benchmarks;
import org.cartulary.appliance.bench.Comparison;
import org.cartulary.appliance.bench.EvidenceLoad;
import org.cartulary.appliance.bench.Figure;
import org.cartulary.appliance.bench.Finding;
import org.cartulary.appliance.bench.Latency;
import org.cartulary.appliance.bench.Measurements;
import org.cartulary.appliance.bench.SearchLoad;
import org.cartulary.appliance.bench.SearchPlan;
import org.cartulary.appliance.bench.VerificationBenchmark;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        description = {
            "Measures a part of the appliance against the bare engine under it, in a home of its own that is deleted",
            "afterwards: medians of nine alternating pairs, their spread, and the ratio. Names:",
            "evidence (entries and whole questions on record to as many bare commits; proof size; a start of a long log);",
            "verify (the standalone verifier to sha256sum over the same bytes);",
            "export (a bundle written and verified, rates against raw writing, and the memory that it took);",
            "chat (the bridge to llama.cpp; some 25 minutes); embedding (the worker to the bare engines);",
            "search (against bare Lucene and bare pgvector, with rates, sizes and recall; at a million passages",
            "some 40 minutes and 6 GB of disk, so keep what it fills by --home where you run it again)."
        },
        footer = {
            "",
            "Example: deploy/cartulary bench evidence --json",
            "Example: deploy/cartulary bench search --passages 10000,100000 --clients 1,8 --json"
        })
final class BenchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "What to measure.")
    private String name = "";

    @Option(names = "--only", description = "Measure only what is called so, or begins so: chat-streams, say.")
    private String only = "";

    @Option(
            names = "--passages",
            split = ",",
            paramLabel = "NUMBER",
            description = "search: sizes of the corpus; 10000,100000,1000000 unless said otherwise.")
    private List<Integer> passages = SearchPlan.standard().passages();

    @Option(
            names = "--clients",
            split = ",",
            paramLabel = "NUMBER",
            description = "search: how many ask at once; 1,8 unless said otherwise.")
    private List<Integer> clients = SearchPlan.standard().clients();

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description =
                    "search: keep what was filled there and find it there again; deleted afterwards where absent.")
    private @Nullable Path home;

    @Option(
            names = "--entries",
            paramLabel = "NUMBER",
            description = {
                "verify, export: entries of the bundle; evidence: entries of the log whose start is measured; 1000 to 10000000;",
                "100000 unless said otherwise."
            })
    private int entries = 100_000;

    @Option(
            names = "--texts",
            paramLabel = "DIR",
            description = {
                "search: take sentences from corpus.jsonl, .txt, .md and .html files under this folder, ../shared/eval, say;",
                "from the documents of the demo where absent."
            })
    private @Nullable Path texts;

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!Benchmarks.NAMES.contains(name)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "There is no benchmark \"" + name + "\"; these there are: " + String.join(", ", Benchmarks.NAMES)
                            + ".");
        }
        Measurements measured = Benchmarks.run(
                name,
                only,
                plan(),
                entries(),
                json ? finding -> Terminal.remark(text(finding)) : finding -> Terminal.line(text(finding)));
        Terminal.line(json ? Console.JSON.valueToTree(measured).toString() : "Measured on " + measured.machine());
        return 0;
    }

    private int entries() {
        if (entries < VerificationBenchmark.MIN_ENTRIES || entries > Benchmarks.maxEntries(name)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--entries takes " + VerificationBenchmark.MIN_ENTRIES + " to " + Benchmarks.maxEntries(name)
                            + ", not " + entries + ".");
        }
        return entries;
    }

    private SearchPlan plan() {
        try {
            return new SearchPlan(passages, clients, home, texts == null ? SearchPlan.demoTexts() : texts);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static String text(Finding finding) {
        return switch (finding) {
            case Comparison comparison -> text(comparison);
            case Figure figure -> text(figure);
            case SearchLoad search -> text(search);
            case EvidenceLoad load -> text(load);
        };
    }

    private static String text(Comparison comparison) {
        StringBuilder lines = new StringBuilder(
                "%s, %s, medians of %d pairs%n".formatted(comparison.name(), comparison.unit(), comparison.pairs()));
        for (Comparison.Side side : List.of(comparison.ours(), comparison.reference())) {
            lines.append("  %8.3f  (%.3f to %.3f)  %s%n"
                    .formatted(side.median(), side.smallest(), side.largest(), side.what()));
        }
        return lines.append("  ratio %.3f; within each pair %.3f (%.3f to %.3f)"
                        .formatted(
                                comparison.ratio(),
                                comparison.pairRatio().median(),
                                comparison.pairRatio().smallest(),
                                comparison.pairRatio().largest()))
                .toString();
    }

    private static String text(Figure figure) {
        return "%s, %s, median of %d: %.3f  (%.3f to %.3f)"
                .formatted(
                        figure.name(),
                        figure.unit(),
                        figure.runs(),
                        figure.median(),
                        figure.smallest(),
                        figure.largest());
    }

    private static String text(EvidenceLoad load) {
        StringBuilder lines = new StringBuilder("%s, ms, %d rounds of %d, %d at once%n"
                .formatted(load.name(), load.rounds(), load.acts(), load.writers()));
        side(lines, load.what(), load.log());
        side(lines, load.reference(), load.bare());
        return lines.append("  ratio p50 %.2f, p99 %.2f; p99 within each round %.2f (%.2f to %.2f)"
                        .formatted(
                                load.p50Ratio(),
                                load.p99Ratio(),
                                load.roundRatio().median(),
                                load.roundRatio().smallest(),
                                load.roundRatio().largest()))
                .toString();
    }

    private static String text(SearchLoad search) {
        StringBuilder lines = new StringBuilder("%s, ms, %d rounds of %d questions, may read %s%n"
                .formatted(search.name(), search.rounds(), search.questions(), search.readable()));
        side(lines, "the product's search", search.fused());
        side(lines, "bare Lucene", search.words());
        side(lines, "bare pgvector", search.meaning());
        return lines.append("  ratio to %s %.2f; within each round %.2f (%.2f to %.2f)"
                        .formatted(
                                search.reference(),
                                search.ratio(),
                                search.roundRatio().median(),
                                search.roundRatio().smallest(),
                                search.roundRatio().largest()))
                .toString();
    }

    private static void side(StringBuilder lines, String what, Latency side) {
        lines.append("  p50 %8.2f  p95 %8.2f  p99 %8.2f  %7.1f a second  %s%n"
                .formatted(side.p50(), side.p95(), side.p99(), side.perSecond(), what));
    }
}
