package org.cartulary.retrieval.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.cartulary.retrieval.testing.Installation;
import org.cartulary.retrieval.testing.TestEmbedder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class EvaluationTest {
    private static final Logger LOG = LoggerFactory.getLogger(EvaluationTest.class);

    @Test
    void measuresEveryWayOfSearching(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("corpus.jsonl"), """
                {"_id":"d1","title":"Bees","text":"Bees make honey from nectar."}
                {"_id":"d2","title":"Cows","text":"Cows give milk."}
                {"_id":"d3","title":"Only a title about wool","text":""}
                {"_id":"d4","title":"","text":"%s"}
                """.formatted(
                        "Trains run on rails every ten minutes. ".repeat(90).strip()));
        Files.writeString(directory.resolve("queries.jsonl"), """
                {"_id":"q1","text":"Who makes honey?"}
                {"_id":"q2","text":"wool"}
                {"_id":"q3","text":"How often do trains run?"}
                {"_id":"q4","text":"without judgment"}
                """);
        Files.writeString(directory.resolve("qrels.tsv"), """
                query-id\tcorpus-id\tscore
                q1\td1\t1
                q2\td3\t2
                q3\td4\t1
                q3\td2\t0
                """);
        EvaluationReport report = run(directory);
        assertThat(report.questions()).isEqualTo(3);
        assertThat(report.bm25().ndcgAt10()).isEqualTo(1);
        assertThat(report.dense().mrrAt10()).isEqualTo(1);
        assertThat(report.fused().recallAt100()).isEqualTo(1);
        assertThat(report.reranked()).isNull();
        assertThat(report.rerankedReason()).isNotBlank();
    }

    @Test
    void namesTheFileThatIsMissing(@TempDir Path directory) {
        assertThatThrownBy(() -> run(directory))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("qrels.tsv");
    }

    @Test
    void scoresARankingAsTrecEvalDoes() {
        RankedMetrics metrics = RankedMetrics.of(List.of("x", "b", "a"), Map.of("a", 2.0, "b", 1.0, "c", 1.0));
        double gain = 1 / log2(3) + 2 / log2(4);
        double ideal = 2 / log2(2) + 1 / log2(3) + 1 / log2(4);
        assertThat(metrics.ndcgAt10()).isCloseTo(gain / ideal, Offset.offset(1e-12));
        assertThat(metrics.mrrAt10()).isEqualTo(0.5);
        assertThat(metrics.recallAt100()).isCloseTo(2.0 / 3, Offset.offset(1e-12));
    }

    /** Minutes a set: only with {@code -Dcartulary.long=true}. The bound is what plain Lucene reaches, less rounding. */
    @ParameterizedTest
    @CsvSource({"scifact, 0.683", "cranfield, 0.367", "cacm, 0.485", "med, 0.690"})
    void isNoWorseByWordsThanPlainLucene(String set, double ndcgAt10) {
        assumeThat(Boolean.getBoolean("cartulary.long"))
                .as("runs for minutes: only with -Dcartulary.long=true")
                .isTrue();
        Path directory = Path.of(System.getProperty("cartulary.shared", "../shared"))
                .resolve("eval")
                .resolve(set);
        assumeThat(directory)
                .as("evaluation sets are not part of the repository")
                .isDirectory();
        EvaluationReport report = run(directory);
        LOG.warn("{}: {}", set, report);
        assertThat(report.bm25().ndcgAt10()).isGreaterThan(ndcgAt10 - 0.0005);
        assertThat(report.fused().ndcgAt10()).isGreaterThan(report.bm25().ndcgAt10());
    }

    private static EvaluationReport run(Path directory) {
        try (Installation installation = Installation.fresh()) {
            return new Evaluation(installation.retrieval(), TestEmbedder.shared()).run(directory);
        }
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }
}
