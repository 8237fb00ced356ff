package org.cartulary.appliance.settings;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.cartulary.compliance.timestamp.Timestamps;
import org.cartulary.compliance.timestamp.TrustedAuthority;
import org.jspecify.annotations.Nullable;

/**
 * Who says when checkpoints of the log existed.
 *
 * @param url address of the time-stamping authority (RFC 3161 over HTTP); null where files are carried
 * @param certificate file with the certificates of those that certified it, seen from the home; null without an authority
 * @param every how often an authority with an address is asked
 */
public record TimestampSettings(
        @Nullable String url, @Nullable String certificate, Duration every) {
    private static final String URL = "cartulary.evidence.timestamp-url";
    private static final String CERTIFICATE = "cartulary.evidence.timestamp-certificate";

    /**
     * Reads the certificates.
     *
     * @return null without an authority
     * @throws SettingRefused where there is no such file, or it holds something else, or the address is none
     */
    public Timestamps.@Nullable Source read(Path home) {
        if (certificate == null) {
            if (url != null) {
                throw new SettingRefused(URL + " names an authority, but " + CERTIFICATE
                        + " is not set, without which nothing that it says could be verified. Name a file with the"
                        + " certificate of the authority that certified it.");
            }
            return null;
        }
        Path file = home.resolve(certificate);
        try {
            if (Files.size(file) > TrustedAuthority.MAX_BYTES) {
                throw refused(file, "it is longer than " + TrustedAuthority.MAX_BYTES + " bytes");
            }
            return new Timestamps.Source(address(url), TrustedAuthority.read(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw refused(file, "it cannot be read (" + e + ")");
        } catch (IllegalArgumentException e) {
            throw refused(file, String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable URI address(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            URI uri = new URI(text);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (java.net.URISyntaxException e) {
            // said below
        }
        throw new SettingRefused(URL + " is \"" + text
                + "\", which is no http or https address. Give that of the time-stamping authority in this house, or leave"
                + " the setting out and carry files.");
    }

    private static SettingRefused refused(Path file, String why) {
        return new SettingRefused(CERTIFICATE + " names " + file + ", but " + why
                + ". Give the certificate (PEM or DER) of the authority that certified the time-stamping service, or leave"
                + " the setting out.");
    }
}
