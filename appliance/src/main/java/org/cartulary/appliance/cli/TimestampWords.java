package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** How far the log is time-stamped, in words. */
final class TimestampWords {
    static final String ROUTE = "/api/audit/timestamps";

    private TimestampWords() {}

    /** A sentence or two, of a time-stamp view. */
    static String of(JsonNode timestamped) {
        String trouble = timestamped.path("trouble").isTextual()
                ? " The authority did not stamp: " + timestamped.path("trouble").asText() + "."
                : "";
        if (!timestamped.path("size").isNumber()) {
            return "not time-stamped." + trouble + " "
                    + timestamped.path("meaning").asText();
        }
        Duration age = Duration.ofSeconds(timestamped.path("ageSeconds").asLong());
        return "time-stamped up to entry " + (timestamped.path("size").asLong() - 1) + ", " + WitnessWords.words(age)
                + " ago." + trouble;
    }
}
