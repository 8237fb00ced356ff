package org.cartulary.appliance.cli;

import java.time.Duration;
import java.time.Instant;

/** Says what each step took, on standard error. */
final class StepClock {
    private Instant last = Instant.now();

    void step(String what) {
        Instant now = Instant.now();
        Terminal.remark("[%6.1f s] %s".formatted(Duration.between(last, now).toMillis() / 1000.0, what));
        last = now;
    }
}
