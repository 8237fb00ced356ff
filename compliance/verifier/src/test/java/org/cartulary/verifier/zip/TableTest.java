package org.cartulary.verifier.zip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void keepsWhatWasSetOnTheHeapAndBeyondAndZeroElsewhere() {
        try (Table table = new Table()) {
            Random random = new Random(1);
            assertThat(table.get(5_000_000)).isZero();
            for (int i = 0; i < 1_000; i++) {
                int position = random.nextInt(3_500_000);
                table.set(position, position + 1L);
            }
            random = new Random(1);
            for (int i = 0; i < 1_000; i++) {
                int position = random.nextInt(3_500_000);
                assertThat(table.get(position)).isEqualTo(position + 1L);
            }
            table.set(0, Long.MAX_VALUE);
            assertThat(table.get(0)).isEqualTo(Long.MAX_VALUE);
            assertThat(table.get(3_600_000)).isZero();
        }
    }
}
