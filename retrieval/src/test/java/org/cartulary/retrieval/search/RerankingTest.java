package org.cartulary.retrieval.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.Refusal;
import org.cartulary.inference.Reranker;
import org.cartulary.retrieval.testing.Hits;
import org.junit.jupiter.api.Test;

/** What becomes of a reranker's scores. Real rerankers are tried with the inference bridge and the appliance. */
final class RerankingTest {
    private static final ModelCard CARD =
            new ModelCard("00", "scripted", ModelCard.Role.RERANK, "F32", "Apache-2.0", "test", 512, false);
    private static final RerankPolicy POLICY = new RerankPolicy(3, 0.6, Duration.ofSeconds(30));

    @Test
    void mixesItsScoresWithThoseOfTheSearchAndLeavesTheRestBehind() {
        List<Hit> hits = hits("one", "two", "three", "four", "five");
        Reranking.Outcome outcome = reranking(Scripted.by(text -> text.endsWith("three") ? 0.9 : 0.1))
                .rank("which", hits);
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
        Scripted reranker = Scripted.by(text -> text.contains("Gamma") ? 0.8 : 0.2);
        reranker.longest = 40;
        Reranking.Outcome outcome = reranking(reranker).rank("which", hits("short", passage));
        assertThat(outcome.hits().getFirst().text()).isEqualTo(passage);
        assertThat(outcome.hits().getFirst().scores().reranked()).isEqualTo(0.8);
        String read = String.join("", reranker.read);
        assertThat(read).contains("Alpha is here. Beta is here. ").contains("Gamma is the answer. Delta is here.");
    }

    @Test
    void keepsTheOrderOfTheSearchAndSaysSoWhenTheRerankerFails() {
        List<Hit> hits = hits("one", "two");
        Scripted broken = Scripted.by(text -> {
            throw new InferenceFailed("the worker ended");
        });
        Reranking.Outcome outcome = reranking(broken).rank("which", hits);
        assertThat(outcome.hits()).isEqualTo(hits);
        assertThat(outcome.how())
                .isInstanceOfSatisfying(
                        Reranked.Failed.class,
                        failed -> assertThat(failed.reason()).contains("the worker ended"));
    }

    @Test
    void saysThatTheQuestionIsTooLongForIt() {
        Scripted small = Scripted.by(text -> 1);
        small.longest = 1;
        Reranking.Outcome outcome = reranking(small).rank("which", hits("one", "two"));
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
        assertThat(none.rank("which", hits)).isEqualTo(new Reranking.Outcome(hits, new Reranked.No()));
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

    /** Answers as a test says, and refuses pairs that are too long as the worker does. */
    private static final class Scripted implements Reranker {
        private final ToDoubleFunction<String> scores;
        private final List<String> read = new ArrayList<>();
        private int longest = 10_000;

        private Scripted(ToDoubleFunction<String> scores) {
            this.scores = scores;
        }

        static Scripted by(ToDoubleFunction<String> scores) {
            return new Scripted(scores);
        }

        @Override
        public ModelCard model() {
            return CARD;
        }

        @Override
        public int maxTokens() {
            return longest;
        }

        @Override
        public List<Double> rerank(String query, List<String> passages, Duration deadline) {
            for (int i = 0; i < passages.size(); i++) {
                if (passages.get(i).length() > longest) {
                    throw new InferenceRefused(
                            new Refusal.PairTooLong(i, passages.get(i).length(), longest));
                }
            }
            read.addAll(passages);
            return passages.stream().map(scores::applyAsDouble).toList();
        }

        @Override
        public Reranker by(String caller) {
            return this;
        }

        @Override
        public List<Integer> countTokens(List<String> texts) {
            return texts.stream().map(String::length).toList();
        }
    }
}
