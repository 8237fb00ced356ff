package org.cartulary.compliance.rights;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cartulary.compliance.policy.Settings;
import org.jdbi.v3.core.Handle;

/**
 * How secret documents can be, and who is cleared for what without being told so.
 *
 * @param names of the levels, lowest first; 1 to 16
 * @param document level of a document that nothing else marks
 * @param clearance level that everybody is cleared for
 * @param emergency level that an emergency clears for
 */
public record Levels(List<String> names, int document, int clearance, int emergency) {
    /** Name of the setting. */
    public static final String SETTING = "levels";

    /** What counts until the house says otherwise. */
    public static final Levels STANDARD = new Levels(List.of("open", "internal", "confidential", "secret"), 1, 1, 2);

    private static final int MAX_LEVELS = 16;

    public Levels {
        names = List.copyOf(names);
        if (names.isEmpty() || names.size() > MAX_LEVELS) {
            throw new IllegalArgumentException("There are 1 to " + MAX_LEVELS + " levels, not " + names.size() + ".");
        }
        for (int level : new int[] {document, clearance, emergency}) {
            if (level < 0 || level >= names.size()) {
                throw new IllegalArgumentException(
                        "There is no level " + level + ": they are numbered 0 to " + (names.size() - 1) + ".");
            }
        }
    }

    /** Those that count as of a version. */
    public static Levels of(Handle handle, long version) {
        return Settings.find(handle, SETTING, version).map(Levels::parse).orElse(STANDARD);
    }

    private static Levels parse(JsonNode value) {
        List<String> names = new ArrayList<>();
        value.path("names").forEach(name -> names.add(name.asText()));
        return new Levels(
                names,
                value.path("document").asInt(),
                value.path("clearance").asInt(),
                value.path("emergency").asInt());
    }

    /** The value of the setting. */
    public Map<String, Object> value() {
        return Map.of("names", names, "document", document, "clearance", clearance, "emergency", emergency);
    }
}
