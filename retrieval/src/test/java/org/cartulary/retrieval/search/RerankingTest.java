package org.cartulary.retrieval.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.Reranker;
import org.cartulary.retrieval.testing.Hits;
import org.cartulary.retrieval.testing.ScriptedReranker;
import org.junit.jupiter.api.Test;

/** What becomes of a reranker's scores. Real rerankers are tried with the inference bridge and the appliance. */
final class RerankingTest {
    private static final RerankPolicy POLICY = new RerankPolicy(3, 0.6, Duration.ofSeconds(30));

    @Test
    void mixesItsScoresWithThoseOfTheSearchAndLeavesTheRestBehind() {
        List<Hit> hits = hits("one", "two", "three", "four", "five");
        Reranking.Outcome outcome = reranking(ScriptedReranker.by(text -> text.endsWith("three") ? 0.9 : 0.1))
                .rank("which", hits, Lift.NONE);
        assertThat(outcome.how()).isInstanceOf(Reranked.Yes.class);
        // "three" led with the reranker and "one" with the search, which weighs less; "two" led neither.
        assertThat(texts(outcome.hits())).containsExactly("three", "one", "two", "four", "five");
        assertThat(outcome.hits().get(0).scores().reranked()).isEqualTo(0.9);
        assertThat(outcome.hits().get(3).scores().reranked()).isNull();
        assertThat(outcome.hits().stream().map(hit -> hit.scores().ranked()))
                .isSortedAccordingTo((a, b) -> Double.compare(b, a))
                .allSatisfy(score -> assertThat(score).isBetween(0.0, 1.0));
    }

    @Test
    void readsAPassageThatIsTooLongInPartsAndCountsItsBest() {
        String passage = "Alpha is here. Beta is here. Gamma is the answer. Delta is here.";
        ScriptedReranker reranker = ScriptedReranker.by(text -> text.contains("Gamma") ? 0.8 : 0.2);
        reranker.takeAtMost(40);
        Reranking.Outcome outcome = reranking(reranker).rank("which", hits("short", passage), Lift.NONE);
        assertThat(outcome.hits().getFirst().text()).isEqualTo(passage);
        assertThat(outcome.hits().getFirst().scores().reranked()).isEqualTo(0.8);
        String read = String.join("", reranker.read());
        assertThat(read).contains("Alpha is here. Beta is here. ").contains("Gamma is the answer. Delta is here.");
    }

    @Test
    void keepsTheOrderOfTheSearchAndSaysSoWhenTheRerankerFails() {
        List<Hit> hits = hits("one", "two");
        ScriptedReranker broken = ScriptedReranker.by(text -> {
            throw new InferenceFailed("the worker ended");
        });
        Reranking.Outcome outcome = reranking(broken).rank("which", hits, Lift.NONE);
        assertThat(outcome.hits()).isEqualTo(hits);
        assertThat(outcome.how())
                .isInstanceOfSatisfying(
                        Reranked.Failed.class,
                        failed -> assertThat(failed.reason()).contains("the worker ended"));
    }

    @Test
    void saysThatTheQuestionIsTooLongForIt() {
        ScriptedReranker small = ScriptedReranker.by(text -> 1);
        small.takeAtMost(1);
        Reranking.Outcome outcome = reranking(small).rank("which", hits("one", "two"), Lift.NONE);
        assertThat(outcome.how())
                .isInstanceOfSatisfying(
                        Reranked.Failed.class,
                        failed -> assertThat(failed.reason()).contains("too long"));
        assertThat(texts(outcome.hits())).containsExactly("one", "two");
    }

    @Test
    void changesNothingWhereNoneIsInstalled() {
        List<Hit> hits = hits("one", "two");
        Reranking none = new Reranking(Optional::empty, POLICY);
        assertThat(none.rank("which", hits, Lift.NONE)).isEqualTo(new Reranking.Outcome(hits, new Reranked.No()));
        assertThat(none.reads()).isZero();
    }

    private static Reranking reranking(Reranker reranker) {
        return new Reranking(() -> Optional.of(reranker), POLICY);
    }

    private static List<Hit> hits(String... texts) {
        return IntStream.range(0, texts.length)
                .mapToObj(i -> Hits.of(i + 1, "", texts[i]).scored(new Scores(1.0, 0.8, 0.9 - 0.1 * i)))
                .toList();
    }

    private static List<String> texts(List<Hit> hits) {
        return hits.stream().map(Hit::text).toList();
    }
}
