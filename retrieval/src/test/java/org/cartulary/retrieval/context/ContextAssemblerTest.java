package org.cartulary.retrieval.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.testing.Hits;
import org.cartulary.retrieval.testing.TestEmbedder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextAssemblerTest {
    private static final String LONG =
            "Ward rules hang at the door. Visitors come from 14:00 to 20:00. Flowers stay outside. Pets stay at home.";
    private static final List<Hit> HITS = List.of(
            Hits.of(1, "Ward handbook", LONG),
            Hits.of(2, "Town handbook", "The office opens at nine. It closes at five."),
            Hits.of(3, "Notice", "No visitors today."));
    private static final Surroundings.Gathered ALL = gathered(HITS);
    private static final TokenCounter TOKENS = TestEmbedder.shared()::countTokens;

    @Test
    void takesAllThatFits() {
        Context context = ContextAssembler.assemble("When do visitors come?", ALL, 1_000, TOKENS);
        assertThat(context.sources()).extracting(Source::number).containsExactly(1, 2, 3);
        assertThat(context.leftOut()).isEmpty();
        assertThat(context.rendered())
                .startsWith("[1] Ward handbook, added 2025-06-01\nWard rules hang")
                .contains("[3] Notice");
    }

    @Test
    void keepsTheSentencesAroundTheQuestionWhereAPassageDoesNotFit() {
        Context context = ContextAssembler.assemble("When do visitors come?", gathered(HITS.subList(0, 1)), 34, TOKENS);
        assertThat(context.sources()).singleElement().satisfies(source -> {
            assertThat(source.text()).contains("14:00 to 20:00").doesNotContain("Pets");
            assertThat(LONG.substring(source.start(), source.end())).isEqualTo(source.text());
        });
        assertThat(context.leftOut())
                .singleElement()
                .satisfies(left -> assertThat(left.whole()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 10, 17, 25, 34, 40, 60, 80, 110, 200})
    void neverExceedsTheBudgetNorCutsInsideASentence(int budget) {
        Context context = ContextAssembler.assemble("When do visitors come?", ALL, budget, TOKENS);
        assertThat(context.tokens()).isLessThanOrEqualTo(budget);
        if (!context.sources().isEmpty()) {
            assertThat(TOKENS.count(List.of(context.rendered())).getFirst()).isLessThanOrEqualTo(budget);
        }
        assertThat(context.sources()).allMatch(source -> source.text().matches("(?s)\\p{Lu}.*\\."));
        assertThat(context.sources().size()
                        + context.leftOut().stream().filter(LeftOut::whole).count())
                .isEqualTo(HITS.size());
    }

    @Test
    void putsTheHeadingRowBeforeWhatBeginsInTheMidstOfItsTable() {
        Hit table = Hits.of(4, "Fees", """
                | Treatment | Adults | Children |
                | Check-up | 28 euros | free |
                | Filling, one surface, of glass or of resin or of gold | 52 euros | 26 euros |
                | Extraction | 64 euros | 32 euros |""");
        Context context =
                ContextAssembler.assemble("What does an extraction cost?", gathered(List.of(table)), 64, TOKENS);
        assertThat(context.sources()).singleElement().satisfies(source -> {
            assertThat(source.text()).contains("Extraction").doesNotContain("Treatment");
            assertThat(source.rendered()).contains("\n| Treatment | Adults | Children |\n|");
        });
        assertThat(TOKENS.count(List.of(context.rendered())).getFirst()).isLessThanOrEqualTo(64);
    }

    private static Surroundings.Gathered gathered(List<Hit> hits) {
        return new Surroundings.Gathered(hits, hits);
    }
}
