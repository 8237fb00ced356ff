package org.cartulary.appliance.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Duration;
import org.cartulary.compliance.timestamp.Stamp;
import org.cartulary.compliance.timestamp.Timestamps;
import org.jspecify.annotations.Nullable;

/**
 * How far the log is time-stamped (RFC 3161).
 *
 * @param authority whether one is set
 * @param stamps checkpoints that have a token
 * @param size entries of the greatest of these; null where none has one
 * @param time at which it existed, by the authority's clock
 * @param ageSeconds how long that is ago
 * @param trouble why the authority did not stamp when it was asked last; null where it did
 * @param meaning what the times of entries prove as it is, in a sentence
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TimestampView(
        boolean authority,
        long stamps,
        @Nullable Long size,
        @Nullable String time,
        @Nullable Long ageSeconds,
        @Nullable String trouble,
        String meaning) {
    public static TimestampView of(Timestamps.Status status) {
        return new TimestampView(
                status.authority(),
                status.stamps(),
                status.last().map(Stamp::size).orElse(null),
                status.last().map(last -> last.time().toString()).orElse(null),
                status.since().map(Duration::toSeconds).orElse(null),
                status.trouble(),
                meaning(status));
    }

    private static String meaning(Timestamps.Status status) {
        if (status.last().isPresent()) {
            return "What the last time-stamp covers existed at its time, as the authority vouches; within that and behind"
                    + " it, times are those of this appliance's clock and of the witnesses' clocks.";
        }
        return "No time-stamping authority vouches for times: they are those of this appliance's own clock, and when a"
                + " witness signed, of the witness's clock."
                + (status.authority() ? "" : " Name one by cartulary.evidence.timestamp-certificate.");
    }
}
