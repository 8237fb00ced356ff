package org.cartulary.inference.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PlacesTest {
    @Test
    void aQuarterIsNeverOneCallers() {
        Places places = new Places(8);
        assertThat(IntStream.range(0, 8).filter(i -> places.take("busy"))).hasSize(6);
        assertThat(places.take("another")).isTrue();
        assertThat(places.take("a third")).isTrue();
        assertThat(places.take("a fourth")).isFalse();
        assertThat(places.taken()).isEqualTo(8);
    }

    @Test
    void aPlaceThatWasLeftIsFreeForItsCallerAgain() {
        Places places = new Places(4);
        assertThat(IntStream.range(0, 4).filter(i -> places.take("busy"))).hasSize(3);
        places.leave("busy");
        assertThat(places.take("busy")).isTrue();
        assertThat(places.take("busy")).isFalse();
    }

    @Test
    void thereIsAtLeastOnePlace() {
        Places places = new Places(1);
        assertThat(places.take("only")).isTrue();
        assertThat(places.take("only")).isFalse();
    }

    @Test
    void closingWaitsForWhatRunsAndTakesNoMore() {
        Places places = new Places(4);
        assertThat(places.take("slow")).isTrue();
        assertThat(places.close(Duration.ofMillis(10))).isFalse();
        assertThat(places.take("late")).isFalse();
        Thread.startVirtualThread(() -> places.leave("slow"));
        assertThat(places.close(Duration.ofSeconds(30))).isTrue();
    }
}
