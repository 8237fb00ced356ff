package org.cartulary.retrieval.answerability;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.policy.Policy;
import org.cartulary.compliance.policy.PolicyChange;
import org.cartulary.compliance.policy.Settings;
import org.jdbi.v3.core.Handle;

/**
 * The calibrations of an installation: the one that it was delivered with and those that it made. Which one counts for each
 * embedder, and from which threshold on, is policy, with its versions and entries; so one can be chosen before an index is
 * switched to. Runs in its callers' transactions; thread-safe.
 */
public final class Calibrations {
    private static final String SETTING = "answers:calibration";

    private final Settings settings;
    private final Clock clock;

    public Calibrations(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The one that counts now for an embedder, at its threshold; until one is chosen, the delivered one where it is that
     * embedder's.
     *
     * @return empty where none does: similarities of another embedder mean something else
     */
    public static Optional<Calibration> inUse(Handle handle, String embedderSha256) {
        long policy = Policy.version(handle);
        return Settings.find(handle, SETTING + ":" + embedderSha256, policy)
                // As choices were kept while there was one for all embedders.
                .or(() -> Settings.find(handle, SETTING, policy))
                .map(choice -> chosen(handle, choice))
                .or(() -> Optional.of(Calibration.standard()))
                .filter(counting -> counting.origin().embedderSha256().equals(embedderSha256));
    }

    private static Calibration chosen(Handle handle, JsonNode choice) {
        String version = choice.path("version").asText();
        return find(handle, version)
                .map(found ->
                        found.at(Double.parseDouble(choice.path("threshold").asText())))
                .orElseThrow(
                        () -> new IllegalStateException(
                                "The calibration " + version
                                        + " that counts is gone from the database: restore it, or choose another with calibrations use."));
    }

    /** All of them, the delivered one first, then by age. */
    public static List<Calibration> list(Handle handle) {
        List<Calibration> all = new ArrayList<>(List.of(Calibration.standard()));
        handle.createQuery("SELECT calibration FROM retrieval.calibrations ORDER BY made_at, version")
                .mapTo(String.class)
                .forEach(text -> all.add(CalibrationText.read(text)));
        return all;
    }

    /** By its version. */
    public static Optional<Calibration> find(Handle handle, String version) {
        if (Calibration.standard().version().equals(version)) {
            return Optional.of(Calibration.standard());
        }
        return handle.createQuery("SELECT calibration FROM retrieval.calibrations WHERE version = :version")
                .bind("version", version)
                .mapTo(String.class)
                .findOne()
                .map(CalibrationText::read);
    }

    /** Stores one that was made here; it does not count before it is chosen. */
    public void store(Handle handle, Principal by, Calibration calibration) {
        handle.createUpdate("INSERT INTO retrieval.calibrations (version, made_at, made_by, calibration)"
                        + " VALUES (:version, :at, :by, :calibration) ON CONFLICT (version) DO NOTHING")
                .bind("version", calibration.version())
                .bind("at", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .bind("by", by.id())
                .bind("calibration", CalibrationText.write(calibration))
                .execute();
    }

    /**
     * Lets one count for the embedder that it was fitted with, from the commit on; the log says who did it.
     *
     * @param calibration at the threshold that is to count
     */
    public PolicyChange use(Handle handle, Principal by, Calibration calibration) {
        Map<String, Object> value = new TreeMap<>();
        value.put("version", calibration.version());
        value.put("threshold", Double.toString(calibration.threshold()));
        return settings.set(handle, by, SETTING + ":" + calibration.origin().embedderSha256(), value);
    }
}
