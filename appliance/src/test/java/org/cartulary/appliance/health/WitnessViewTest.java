package org.cartulary.appliance.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.cartulary.compliance.witness.Witnessed;
import org.cartulary.compliance.witness.Witnesses;
import org.junit.jupiter.api.Test;

class WitnessViewTest {
    private static final Instant SIGNED = Instant.parse("2026-03-01T03:00:00Z");

    @Test
    void warnsWhereNobodyWitnesses() {
        assertThat(view(new Witnesses.Status(Optional.empty(), Optional.empty(), 0, Map.of()))
                        .warning())
                .contains("rewrite it unseen")
                .contains("cartulary.evidence.witness-policy");
    }

    @Test
    void warnsBeforeTheFirstSignature() {
        assertThat(view(new Witnesses.Status(Optional.empty(), Optional.empty(), 1, Map.of()))
                        .warning())
                .isEqualTo("No witness has signed the log yet.");
    }

    @Test
    void warnsOnlyOfWhatIsOlderThanTheHoursThatWereSet() {
        assertThat(view(signedAgo(Duration.ofHours(24))).warning()).isNull();
        assertThat(view(signedAgo(Duration.ofHours(24).plusSeconds(1))).warning())
                .contains("older than 24 hours");
    }

    @Test
    void saysHowFarAndSinceWhen() {
        WitnessView view = view(signedAgo(Duration.ofMinutes(2)));

        assertThat(view.size()).isEqualTo(16);
        assertThat(view.time()).isEqualTo(SIGNED.toString());
        assertThat(view.ageSeconds()).isEqualTo(120);
    }

    private static WitnessView view(Witnesses.Status status) {
        return WitnessView.of(status, Duration.ofHours(24));
    }

    private static Witnesses.Status signedAgo(Duration age) {
        return new Witnesses.Status(Optional.of(new Witnessed(1, 16, SIGNED)), Optional.of(age), 1, Map.of());
    }
}
