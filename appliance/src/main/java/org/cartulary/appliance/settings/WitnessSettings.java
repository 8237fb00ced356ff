package org.cartulary.appliance.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.cartulary.compliance.witness.WitnessPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Who cosigns the log.
 *
 * @param policy file with a C2SP tlog-policy, seen from the home; null without witnesses
 * @param every how often witnesses with an address are asked
 * @param warnAfter how old the last witnessed checkpoint may be before that is said as a warning
 */
public record WitnessSettings(@Nullable String policy, Duration every, Duration warnAfter) {
    private static final int MAX_BYTES = 1 << 20;

    /**
     * The policy as it stands in its file; null without witnesses.
     *
     * @throws SettingRefused where there is no such file
     */
    public @Nullable String text(Path home) {
        if (policy == null) {
            return null;
        }
        Path file = home.resolve(policy);
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw refused(file, "it cannot be read (" + e + ")");
        }
    }

    /**
     * Reads the policy.
     *
     * @throws SettingRefused where there is no such file, or it says something else
     */
    public WitnessPolicy read(Path home) {
        if (policy == null) {
            return WitnessPolicy.NONE;
        }
        Path file = home.resolve(policy);
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw refused(file, "it is longer than " + MAX_BYTES + " bytes");
            }
            return WitnessPolicy.parse(Files.readString(file));
        } catch (IOException e) {
            throw refused(file, "it cannot be read (" + e + ")");
        } catch (IllegalArgumentException e) {
            throw refused(file, String.valueOf(e.getMessage()));
        }
    }

    private static SettingRefused refused(Path file, String why) {
        return new SettingRefused("cartulary.evidence.witness-policy names " + file + ", but " + why
                + ". Give a policy of witnesses (C2SP tlog-policy), or leave the setting out.");
    }
}
