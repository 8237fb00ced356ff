package org.cartulary.retrieval.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShinglesTest {
    /** Runs of three words that both have, of all that either has, worked out by hand. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "one two three four five | one two three four six | 0.5",
                "one two three four five | ONE, two; three (four) five! | 1.0",
                "one two three one two three | one two three | 0.333",
                "one | one | 1.0",
                "one | two | 0.0",
                "one two | two one | 0.0",
                "探視時間為晚上 | 探視時間為早上 | 0.428",
                "... | !!! | 1.0"
            })
    void countsTheShareOfRunsInCommon(String one, String other, double share) {
        assertThat(Shingles.of(one).alike(Shingles.of(other), share)).isTrue();
        assertThat(Shingles.of(one).alike(Shingles.of(other), share + 0.01)).isFalse();
        assertThat(Shingles.of(other).alike(Shingles.of(one), share)).isTrue();
    }

    @Test
    void aTextWithoutSpacesHasAsManyWordsAsSigns() {
        String text = "探視時間為晚上".repeat(1_000);
        assertThat(Shingles.of(text).alike(Shingles.of(text + "八"), 0.5)).isTrue();
        assertThat(Shingles.of("").alike(Shingles.of(text), 0.01)).isFalse();
    }
}
