package org.cartulary.appliance.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.cartulary.appliance.bench.Benchmarks;
import org.cartulary.appliance.bench.Comparison;
import org.cartulary.appliance.bench.Figure;
import org.cartulary.appliance.bench.Finding;
import org.cartulary.appliance.bench.Measurements;
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
            "afterwards: medians of nine alternating pairs, their spread, and the ratio. Names: evidence;",
            "chat (the bridge to llama.cpp; some 25 minutes); embedding (the worker to the bare engines)."
        },
        footer = {"", "Example: deploy/cartulary bench evidence --json"})
final class BenchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "What to measure.")
    private String name = "";

    @Option(names = "--only", description = "Measure only what is called so, or begins so: chat-streams, say.")
    private String only = "";

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
                name, only, json ? finding -> Terminal.remark(text(finding)) : finding -> Terminal.line(text(finding)));
        Terminal.line(json ? Console.JSON.valueToTree(measured).toString() : "Measured on " + measured.machine());
        return 0;
    }

    private static String text(Finding finding) {
        return switch (finding) {
            case Comparison comparison -> text(comparison);
            case Figure figure -> text(figure);
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
}
