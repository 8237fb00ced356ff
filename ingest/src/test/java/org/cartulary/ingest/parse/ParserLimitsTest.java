package org.cartulary.ingest.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ParserLimitsTest {
    @Test
    void givesLargeFilesMoreTimeUpToACap() {
        assertThat(ParserLimits.DEFAULT.timeFor(1000)).isEqualTo(Duration.ofMinutes(2));
        assertThat(ParserLimits.DEFAULT.timeFor(50L << 20)).isEqualTo(Duration.ofSeconds(220));
        assertThat(ParserLimits.DEFAULT.timeFor(512L << 20)).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void namesALimitThatIsTooLow() {
        assertThatThrownBy(() -> ParserLimits.DEFAULT.withHeapMebibytes(1)).hasMessageContaining("heapMebibytes");
    }
}
