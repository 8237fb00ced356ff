package org.cartulary.appliance.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.cartulary.appliance.bench.Benchmarks;
import org.cartulary.appliance.bench.Comparison;
import org.cartulary.appliance.bench.Figure;
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
            "afterwards: medians of nine alternating pairs, their spread, and the ratio. Names: evidence,",
            "chat (the bridge to llama.cpp; some 15 minutes)."
        },
        footer = {"", "Example: deploy/cartulary bench evidence --json"})
final class BenchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "What to measure.")
    private String name = "";

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
        Measurements measured = Benchmarks.run(name);
        if (json) {
            Terminal.line(Console.JSON.valueToTree(measured).toString());
        } else {
            Terminal.line(measured.machine());
            measured.comparisons().forEach(BenchCommand::print);
            measured.figures().forEach(BenchCommand::print);
        }
        return 0;
    }

    private static void print(Comparison comparison) {
        Terminal.line(
                "%s, %s, medians of %d pairs".formatted(comparison.name(), comparison.unit(), comparison.pairs()));
        for (Comparison.Side side : List.of(comparison.ours(), comparison.reference())) {
            Terminal.line("  %8.3f  (%.3f to %.3f)  %s"
                    .formatted(side.median(), side.smallest(), side.largest(), side.what()));
        }
        Terminal.line("  ratio %.3f".formatted(comparison.ratio()));
    }

    private static void print(Figure figure) {
        Terminal.line("%s, %s, median of %d: %.3f  (%.3f to %.3f)"
                .formatted(
                        figure.name(),
                        figure.unit(),
                        figure.runs(),
                        figure.median(),
                        figure.smallest(),
                        figure.largest()));
    }
}
