package org.cartulary.retrieval.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.cartulary.retrieval.scope.Holding;
import org.cartulary.retrieval.scope.Validity;
import org.junit.jupiter.api.Test;

final class VarietyTest {
    @Test
    void letsOthersThatScoreNearlyAsMuchGoBeforeTheSixthPassageOfADocument() {
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            hits.add(hit(i, 1, 0.9 - 0.005 * i));
        }
        hits.add(hit(8, 2, 0.85));
        hits.add(hit(9, 3, 0.2));
        assertThat(Variety.of(hits, 10))
                .extracting(Hit::passage)
                .containsExactly(0L, 1L, 2L, 3L, 4L, 8L, 5L, 6L, 7L, 9L);
    }

    @Test
    void beginsTheSameHoweverManyAreWanted() {
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            hits.add(hit(i, i % 7 == 0 ? 2 : 1, 0.9 - 0.002 * i));
        }
        List<Hit> all = Variety.of(hits, 60);
        assertThat(all)
                .extracting(Hit::passage)
                .containsExactlyInAnyOrderElementsOf(
                        hits.stream().map(Hit::passage).toList());
        assertThat(all).extracting(hit -> hit.scores().ranked()).isSortedAccordingTo(Comparator.reverseOrder());
        for (int limit = 1; limit <= 40; limit++) {
            List<Hit> read = hits.subList(0, Math.min(60, limit + Variety.AHEAD));
            assertThat(Variety.of(read, limit)).isEqualTo(all.subList(0, limit));
        }
    }

    private static Hit hit(long passage, long document, double score) {
        return new Hit(
                passage,
                new UUID(0, document),
                "path",
                "title",
                null,
                null,
                "text " + passage,
                "en",
                0,
                6,
                new Holding(LocalDate.of(2026, 1, 1), Validity.ALWAYS, null),
                LocalDate.of(2025, 6, 1),
                new Scores(null, null, score));
    }
}
