package org.cartulary.appliance.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Duration;
import java.util.Map;
import org.cartulary.compliance.witness.Witnessed;
import org.cartulary.compliance.witness.Witnesses;
import org.jspecify.annotations.Nullable;

/**
 * How far the log is witnessed.
 *
 * @param witnesses how many the policy names
 * @param size entries that a quorum has signed; null where it signed none
 * @param time when it did, by a witness's clock
 * @param ageSeconds how long that is ago
 * @param troubles why witnesses did not sign when they were asked last, by name
 * @param warning a sentence where there is no witness, or the last signature is old; else null
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
public record WitnessView(
        int witnesses,
        @Nullable Long size,
        @Nullable String time,
        @Nullable Long ageSeconds,
        Map<String, String> troubles,
        @Nullable String warning) {
    public static WitnessView of(Witnesses.Status status, Duration warnAfter) {
        return new WitnessView(
                status.witnesses(),
                status.last().map(Witnessed::size).orElse(null),
                status.last().map(last -> last.time().toString()).orElse(null),
                status.since().map(Duration::toSeconds).orElse(null),
                status.troubles(),
                warning(status, warnAfter));
    }

    private static @Nullable String warning(Witnesses.Status status, Duration warnAfter) {
        if (status.witnesses() == 0) {
            return "The log has no witness: whoever holds this machine and its keys could rewrite it unseen."
                    + " Name witnesses in cartulary.evidence.witness-policy.";
        }
        if (status.since().isEmpty()) {
            return "No witness has signed the log yet.";
        }
        return status.since().get().compareTo(warnAfter) > 0
                ? "The last checkpoint that witnesses signed is older than " + warnAfter.toHours()
                        + " hours: see that they run, or carry a checkpoint to them."
                : null;
    }
}
