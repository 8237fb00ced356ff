package org.cartulary.retrieval.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SayingTest {
    @Test
    void noWordStandsOnBothSides() {
        for (List<Set<String>> sides : Saying.SIDES) {
            assertThat(sides).hasSize(2).noneMatch(Set::isEmpty);
            assertThat(sides.get(0)).doesNotContainAnyElementsOf(sides.get(1));
        }
    }

    @Test
    void noWordOfASideIsOneThatEverybodyUses() {
        assertThat(Saying.SIDES)
                .allSatisfy(sides -> assertThat(sides)
                        .allSatisfy(side -> assertThat(side).doesNotContain("up", "time", "in", "of")));
    }
}
