package org.cartulary.compliance.emergency;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.cartulary.compliance.policy.Settings;
import org.jdbi.v3.core.Handle;

/**
 * For how long an emergency lasts, and how soon it is reviewed.
 *
 * @param longest one minute to one day
 * @param reviewWithin one hour to 30 days
 */
public record Terms(Duration longest, Duration reviewWithin) {
    /** Name of the setting. */
    public static final String SETTING = "emergency";

    /** What counts until the house says otherwise. */
    public static final Terms STANDARD = new Terms(Duration.ofHours(4), Duration.ofHours(72));

    public Terms {
        if (longest.compareTo(Duration.ofMinutes(1)) < 0 || longest.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "An emergency lasts one minute to one day at most, not " + longest + ".");
        }
        if (reviewWithin.compareTo(Duration.ofHours(1)) < 0 || reviewWithin.compareTo(Duration.ofDays(30)) > 0) {
            throw new IllegalArgumentException(
                    "An emergency is reviewed within one hour to 30 days, not " + reviewWithin + ".");
        }
    }

    /** Those that count as of a version. */
    public static Terms of(Handle handle, long version) {
        return Settings.find(handle, SETTING, version).map(Terms::parse).orElse(STANDARD);
    }

    private static Terms parse(JsonNode value) {
        return new Terms(
                Duration.ofMinutes(value.path("minutes").asLong()),
                Duration.ofHours(value.path("reviewHours").asLong()));
    }

    /** The value of the setting. */
    public Map<String, Object> value() {
        return Map.of("minutes", longest.toMinutes(), "reviewHours", reviewWithin.toHours());
    }
}
