package org.cartulary.appliance.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimestampSettingsTest {
    @TempDir
    private Path home;

    @Test
    void namesNoAuthorityWhereNoneIsSet() {
        assertThat(naming(null, null).read(home)).isNull();
    }

    @Test
    void asksNobodyWhoseAnswersItCouldNotVerify() {
        refused("http://127.0.0.1:8318", null, "cartulary.evidence.timestamp-certificate is not set");
    }

    @Test
    void namesTheFileThatIsMissingTooLongOrNoCertificate() throws IOException {
        refused(null, "ca.pem", home.resolve("ca.pem").toString());
        Files.writeString(home.resolve("ca.pem"), "hello");
        refused(null, "ca.pem", "X.509");
        Files.write(home.resolve("ca.pem"), new byte[(1 << 20) + 1]);
        refused(null, "ca.pem", "longer than 1048576 bytes");
    }

    @Test
    void namesAnAddressThatIsNone() throws IOException {
        Files.writeString(home.resolve("ca.pem"), "hello");
        refused("tsa.ward", "ca.pem", "no http or https address");
        refused("file:///etc/passwd", "ca.pem", "no http or https address");
        refused("http://a b/", "ca.pem", "no http or https address");
    }

    private void refused(@Nullable String url, @Nullable String certificate, String because) {
        assertThatExceptionOfType(SettingRefused.class)
                .isThrownBy(() -> naming(url, certificate).read(home))
                .withMessageContaining("cartulary.evidence.timestamp-")
                .withMessageContaining(because);
    }

    private static TimestampSettings naming(@Nullable String url, @Nullable String certificate) {
        return new TimestampSettings(url, certificate, Duration.ofHours(1));
    }
}
