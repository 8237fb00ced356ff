package org.cartulary.retrieval.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.UUID;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.retrieval.building.IndexBuilder;
import org.cartulary.retrieval.index.IndexRefused;
import org.cartulary.retrieval.testing.Installation;
import org.cartulary.retrieval.testing.TestEmbedders;
import org.cartulary.retrieval.testing.TrigramEmbedder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IndexComparisonTest {
    private static final String QUERIES = """
            {"_id": "1", "text": "Where is the lantern kept?"}
            {"_id": "2", "text": "Who oils the hinges?"}
            {"_id": "3", "text": "A question that nobody judged"}
            """;
    private static final String QRELS = "query-id\tcorpus-id\tscore\n1\tlantern\t1\n2\thinges\t1\n2\tgone\t1\n";

    private static Installation installation;
    private static String first;
    private static String second;

    @BeforeAll
    static void buildTwo() throws InterruptedException {
        installation =
                Installation.fresh(new TestEmbedders(new TrigramEmbedder("aa", 64), new TrigramEmbedder("bb", 96)));
        UUID collection = installation.collection("ward");
        installation.write(collection, "lantern", "The lantern is kept in the store room.");
        installation.write(collection, "hinges", "The caretaker oils the hinges in spring.");
        installation.write(collection, "kettle", "The kettle stands on the stove.");
        IndexBuilder builder = installation.retrieval().builder();
        first = installation.retrieval().generation().name();
        second = builder.build(Principal.CONSOLE, "bb").row().generation().name();
        assertThat(builder.await(Duration.ofSeconds(60))).isPresent();
    }

    @AfterAll
    static void close() {
        installation.close();
    }

    @Test
    void measuresBothOnTheSameQuestions() {
        ComparisonReport report = compare(second, QUERIES, QRELS, Principal.CONSOLE);
        assertThat(report.questions()).isEqualTo(2);
        assertThat(report.judgedDocuments()).isEqualTo(3);
        assertThat(report.findableDocuments()).isEqualTo(2);
        assertThat(report.first().index()).isEqualTo(first);
        assertThat(report.second().index()).isEqualTo(second);
        assertThat(report.first().fused().recallAt100()).isEqualTo(0.75);
        assertThat(report.second().fused().mrrAt10()).isEqualTo(1);
        assertThat(report.overlapAt10()).isEqualTo(1);
        assertThat(report.ndcgDifference()).isBetween(report.ndcgLow(), report.ndcgHigh());
    }

    @Test
    void looksAtNothingThatWhoeverComparesMayNotRead() {
        ComparisonReport report = compare(second, QUERIES, QRELS, new Principal("nobody"));
        assertThat(report.findableDocuments()).isZero();
        assertThat(report.first().fused().recallAt100()).isZero();
    }

    @Test
    void saysWhatIsWrongWithASet() {
        assertThatThrownBy(() -> compare(second, "{\"text\": 1}", QRELS, Principal.CONSOLE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("_id");
        assertThatThrownBy(() -> compare(second, QUERIES, "head\n1 lantern 1\n", Principal.CONSOLE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tabs");
        assertThatThrownBy(() -> compare(second, QUERIES, "head\n", Principal.CONSOLE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0: ids");
        assertThatThrownBy(() -> compare(first, QUERIES, QRELS, Principal.CONSOLE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("with itself");
        assertThatThrownBy(() -> compare("g9-000000000000", QUERIES, QRELS, Principal.CONSOLE))
                .isInstanceOf(IndexRefused.class)
                .hasMessageContaining("g9-000000000000");
    }

    private static ComparisonReport compare(String other, String queries, String qrels, Principal by) {
        return new IndexComparison(installation.jdbi(), installation.retrieval().builder())
                .compare(new IndexComparison.Wanted(
                        first, other, queries, qrels, installation.retrieval().inForce(installation.rights(by))));
    }
}
