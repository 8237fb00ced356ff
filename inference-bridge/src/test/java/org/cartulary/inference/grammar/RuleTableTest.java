package org.cartulary.inference.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cartulary.inference.grammar.Element.Kind;
import org.junit.jupiter.api.Test;

/** Chains of more rules than a grammar's text can name: nothing recurses. */
final class RuleTableTest {
    private static final int RULES = 100_000;
    private static final CharacterClasses LETTER_A = new CharacterClasses(List.of(CodePoints.only('a')));

    @Test
    void followsALongChainOfRules() {
        RuleTable rules = chain(Element.once(Kind.CHARACTERS, 0));
        Effort effort = new Effort();
        assertThat(new Closure(rules, new WaysTable(effort), effort)
                        .root()
                        .ways()
                        .ways())
                .hasSize(1);
        assertThat(effort.spent()).isLessThan(10L * RULES);
        assertThat(rules.mayBeEmpty(0)).isFalse();
    }

    @Test
    void findsWhatALongChainOfRulesAllows() {
        assertThat(chain(Element.once(Kind.CHARACTERS, 0).times(0, 1)).mayBeEmpty(0))
                .isTrue();
        assertThatThrownBy(() -> chain(Element.once(Kind.RULE, RULES / 2)))
                .hasMessageContaining("comes back to itself before any character: \"r\"");
    }

    /** Each rule is the next one; the last is an element. */
    private static RuleTable chain(Element last) {
        List<List<List<Element>>> alternatives = Stream.concat(
                        IntStream.range(1, RULES).mapToObj(next -> Element.once(Kind.RULE, next)), Stream.of(last))
                .map(element -> List.of(List.of(element)))
                .toList();
        return RuleTable.of(Collections.nCopies(RULES, "r"), alternatives, 0, LETTER_A);
    }
}
