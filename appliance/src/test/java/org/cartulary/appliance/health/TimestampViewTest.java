package org.cartulary.appliance.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.cartulary.compliance.timestamp.Stamp;
import org.cartulary.compliance.timestamp.Timestamps;
import org.junit.jupiter.api.Test;

class TimestampViewTest {
    private static final Stamp STAMP = new Stamp(1, 16, Instant.parse("2026-03-01T03:00:00Z"), new byte[1]);

    @Test
    void saysWhatTimeProvesWithoutAnAuthorityAndHowToNameOne() {
        TimestampView view =
                TimestampView.of(new Timestamps.Status(false, 0, Optional.empty(), Optional.empty(), null));
        assertThat(view.meaning())
                .contains("this appliance's own clock", "witness's clock", "cartulary.evidence.timestamp-certificate");
        assertThat(view.size()).isNull();
    }

    @Test
    void saysWhatTimeProvesBeforeTheFirstStamp() {
        TimestampView view =
                TimestampView.of(new Timestamps.Status(true, 0, Optional.empty(), Optional.empty(), "it answers 500"));
        assertThat(view.meaning()).contains("own clock").doesNotContain("timestamp-certificate");
        assertThat(view.trouble()).isEqualTo("it answers 500");
    }

    @Test
    void saysHowFarAndSinceWhen() {
        TimestampView view = TimestampView.of(
                new Timestamps.Status(true, 3, Optional.of(STAMP), Optional.of(Duration.ofMinutes(2)), null));
        assertThat(view.size()).isEqualTo(16);
        assertThat(view.time()).isEqualTo("2026-03-01T03:00:00Z");
        assertThat(view.ageSeconds()).isEqualTo(120);
        assertThat(view.meaning()).contains("as the authority vouches");
    }
}
