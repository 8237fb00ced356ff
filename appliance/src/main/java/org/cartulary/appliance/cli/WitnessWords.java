package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** How far the log is witnessed, in words. */
final class WitnessWords {
    static final String ROUTE = "/api/audit/witnesses";

    private WitnessWords() {}

    /** A sentence or two, of a witness view's {@code size}, {@code ageSeconds} and {@code warning}. */
    static String of(JsonNode witnessed) {
        String warning = witnessed.path("warning").isTextual()
                ? " WARNING: " + witnessed.path("warning").asText()
                : "";
        if (!witnessed.path("size").isNumber()) {
            return "not witnessed." + warning;
        }
        Duration age = Duration.ofSeconds(witnessed.path("ageSeconds").asLong());
        return "witnessed up to entry " + (witnessed.path("size").asLong() - 1) + ", " + words(age) + " ago." + warning;
    }

    /** A length of time, as people say it. */
    static String words(Duration age) {
        if (age.toHours() >= 48) {
            return age.toDays() + " days";
        }
        return age.toMinutes() >= 120
                ? age.toHours() + " h"
                : age.toSeconds() >= 120 ? age.toMinutes() + " min" : age.toSeconds() + " s";
    }
}
