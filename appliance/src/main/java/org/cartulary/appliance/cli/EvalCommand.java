package org.cartulary.appliance.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.cartulary.appliance.settings.SettingSource;
import org.cartulary.appliance.settings.Settings;
import org.cartulary.appliance.wiring.EvaluationHome;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.models.ModelRegistry;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.retrieval.evaluation.EvaluationReport;
import org.cartulary.retrieval.evaluation.SystemReport;
import org.cartulary.retrieval.search.RerankPolicy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "eval",
        description =
                "Measures retrieval on questions with known answers, in a home of its own that is deleted afterwards.",
        footer = {"", "Example: deploy/cartulary eval ../shared/eval/scifact"})
final class EvalCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "Holds corpus.jsonl, queries.jsonl and qrels.tsv.")
    private Path directory = Path.of("");

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
        if (!Files.isRegularFile(directory.resolve("corpus.jsonl"))) {
            throw new CommandFailed(directory
                    + " has no corpus.jsonl: name a folder with corpus.jsonl, queries.jsonl and" + " qrels.tsv.");
        }
        EvaluationReport report = EvaluationHome.run(directory, reranker(), policy());
        if (json) {
            Terminal.line(Console.JSON.writeValueAsString(report));
        } else {
            Terminal.line("system    nDCG@10  recall@100  MRR@10   p50 ms   p99 ms");
            print("bm25", report.bm25());
            print("dense", report.dense());
            print("fused", report.fused());
            print("reranked", report.reranked());
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
}
