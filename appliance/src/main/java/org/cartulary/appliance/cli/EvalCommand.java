package org.cartulary.appliance.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.cartulary.appliance.settings.SettingSource;
import org.cartulary.appliance.settings.Settings;
import org.cartulary.appliance.wiring.AnswersHome;
import org.cartulary.appliance.wiring.EvaluationHome;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.models.ModelRegistry;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.retrieval.answerability.Calibration;
import org.cartulary.retrieval.answerability.CalibrationText;
import org.cartulary.retrieval.evaluation.AnswerFigures;
import org.cartulary.retrieval.evaluation.AnswerReport;
import org.cartulary.retrieval.evaluation.EvaluationReport;
import org.cartulary.retrieval.evaluation.SystemReport;
import org.cartulary.retrieval.search.RerankPolicy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "eval",
        description = {
            "Measures retrieval, or answers, on questions with known answers, in a home of its own that is deleted",
            "afterwards. With --answers each question is asked twice: with the documents that answer it and without."
        },
        footer = {
            "",
            "Example: deploy/cartulary eval ../shared/eval/scifact",
            "         deploy/cartulary eval --answers ../shared/eval/pubmedqa-l --most 200",
            "         deploy/cartulary eval --fit calibration.json OWN-QUESTIONS"
        })
final class EvalCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "DIR",
            arity = "1..*",
            description = {
                "Holds corpus.jsonl (or the folder above does), queries.jsonl and qrels.tsv; for --answers also",
                "answers.jsonl, which may say what right answers contain. More than one only with --fit."
            })
    private List<Path> directories = List.of();

    @Option(names = "--answers", description = "Measure answers and abstentions, by the whole path of a question.")
    private boolean answers;

    @Option(names = "--mode", description = "With --answers: quote or generate (default: ${DEFAULT-VALUE}).")
    private String mode = "quote";

    @Option(
            names = "--calibration",
            paramLabel = "FILE",
            description = "With --answers: a calibration as --fit writes it, in place of the delivered one.")
    private @Nullable Path calibration;

    @Option(
            names = "--fit",
            paramLabel = "FILE",
            description = "Fit the score for abstaining on these questions and write it to FILE.")
    private @Nullable Path fit;

    @Option(names = "--skip", description = "With --answers or --fit: leave out so many questions at the beginning.")
    private int skip;

    @Option(names = "--most", description = "With --answers or --fit: take so many questions at most.")
    private int most = Integer.MAX_VALUE;

    @Mixin
    private HomeOption home = new HomeOption();

    @Option(
            names = "--reranker",
            paramLabel = "MODEL",
            description = "An imported reranker, by name or hash (default: the one that serves in the home, if any).")
    private @Nullable String reranker;

    @Option(names = "--rerank-passages", paramLabel = "N", description = "Passages that it reads (default: 30).")
    private int rerankPassages = RerankPolicy.DEFAULT.candidates();

    @Option(
            names = "--rerank-weight",
            paramLabel = "PERCENT",
            description = "Weight of its scores against those of the search (default: 50).")
    private int rerankWeight = 50;

    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        directories.forEach(EvalCommand::requireSet);
        if (fit != null) {
            fit(fit);
            return 0;
        }
        if (directories.size() > 1) {
            throw new ParameterException(spec.commandLine(), "One folder at a time is measured.");
        }
        if (answers) {
            print(AnswersHome.run(
                    directories.getFirst(), new AnswersHome.Wanted(mode(), this::calibration, skip, most)));
        } else {
            print(EvaluationHome.run(directories.getFirst(), reranker(), policy()));
        }
        return 0;
    }

    /** The one that is named, else the one that serves in the home; null where there is none. */
    private @Nullable StoredModel reranker() {
        Path cache = Settings.from(new SettingSource(name -> null)).cache();
        ModelRegistry models = ModelRegistry.read(home.directory().resolve("models"), cache.resolve("models"));
        if (reranker != null) {
            return models.require(reranker);
        }
        return models.isChosen(ModelCard.Role.RERANK) ? models.serving(ModelCard.Role.RERANK) : null;
    }

    private RerankPolicy policy() {
        // Nobody waits: a slow model is to be measured, not left out.
        return new RerankPolicy(rerankPassages, rerankWeight / 100.0, Duration.ofMinutes(2));
    }

    private static void requireSet(Path directory) {
        Path above = directory.toAbsolutePath().normalize().resolveSibling("corpus.jsonl");
        if (!Files.isRegularFile(directory.resolve("corpus.jsonl")) && !Files.isRegularFile(above)) {
            throw new CommandFailed(
                    directory + " has no corpus.jsonl: name a folder with corpus.jsonl, queries.jsonl and qrels.tsv.");
        }
    }

    private Settings.AnswerMode mode() {
        return switch (mode) {
            case "quote" -> Settings.AnswerMode.QUOTE;
            case "generate" -> Settings.AnswerMode.GENERATE;
            default -> throw new ParameterException(spec.commandLine(), "--mode is quote or generate.");
        };
    }

    private Calibration calibration() {
        try {
            return calibration == null ? Calibration.standard() : CalibrationText.read(Files.readString(calibration));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + calibration, e);
        }
    }

    private void fit(Path file) {
        LocalDate today = LocalDate.now(Clock.systemUTC());
        Calibration fitted = AnswersHome.fit(directories, skip, most, today.toString());
        try {
            Files.writeString(file, CalibrationText.write(fitted));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
        Terminal.line(json ? CalibrationText.write(fitted) : CalibrationTable.of(fitted));
    }

    private void print(EvaluationReport report) throws JsonProcessingException {
        if (json) {
            Terminal.line(Console.JSON.writeValueAsString(report));
            return;
        }
        Terminal.line("system    nDCG@10  recall@100  MRR@10   p50 ms   p99 ms");
        print("bm25", report.bm25());
        print("dense", report.dense());
        print("fused", report.fused());
        print("reranked", report.reranked());
    }

    private static void print(String name, @Nullable SystemReport system) {
        if (system == null) {
            Terminal.line(name + "  not measured: no reranker is installed");
            return;
        }
        Terminal.line("%-8s  %7.3f  %10.3f  %6.3f  %7.1f  %7.1f"
                .formatted(
                        name,
                        system.ndcgAt10(),
                        system.recallAt100(),
                        system.mrrAt10(),
                        system.p50Millis(),
                        system.p99Millis()));
    }

    private void print(AnswerReport report) throws JsonProcessingException {
        if (json) {
            Terminal.line(Console.JSON.writeValueAsString(report));
            return;
        }
        Map<String, AnswerFigures> rows = new TreeMap<>(report.kinds());
        Terminal.line("kind              asked  false abst.  right abst.  unanswerable  right  wrong  supported"
                + "  cited right  verbatim");
        rows.forEach(EvalCommand::print);
        print("all", report.all());
        Terminal.line("calibration %s from %.2f on, %s, p50 %.0f ms, p99 %.0f ms"
                .formatted(
                        report.configuration().calibration(),
                        report.configuration().threshold(),
                        report.configuration().mode(),
                        report.p50Millis(),
                        report.p99Millis()));
    }

    private static void print(String name, AnswerFigures figures) {
        Terminal.line("%-16s  %5d  %11s  %11s  %12s  %5s  %5s  %9s  %11s  %8s"
                .formatted(
                        name,
                        figures.withSource() + figures.unanswerable(),
                        share(figures.falseAbstentions()),
                        share(figures.rightAbstentions()),
                        share(figures.rightAbstentionsUnanswerable()),
                        share(figures.rightAnswers()),
                        share(figures.wrongAnswers()),
                        share(figures.supportedSentences()),
                        share(figures.citationPrecision()),
                        share(figures.verbatim())));
    }

    private static String share(@Nullable Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }
}
