package org.cartulary.compliance.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.cartulary.compliance.testing.PostgresExtension;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateOnRecordTest {
    private final Jdbi jdbi = PostgresExtension.database("compliance");

    @TempDir
    private Path home;

    @Test
    void theCertificateIsOnRecordOnceAndInEachLaterShard() throws Exception {
        try (LogFixture fixture = LogFixture.open(jdbi, home)) {
            fixture.log().recordCertificate(jdbi);
            fixture.log().recordCertificate(jdbi);
            fixture.log().beginShard(Duration.ofSeconds(30));
        }
        try (LogFixture fixture = LogFixture.open(jdbi, home)) {
            fixture.log().recordCertificate(jdbi);
        }
        byte[] certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(home.resolve("log/manifest.pem"))))
                .getEncoded();
        String fingerprint =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate));
        List<String> types = jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT type FROM compliance.entry WHERE strpos(convert_from(leaf, 'UTF8'), :found) > 0"
                                + " ORDER BY id")
                .bind("found", "\"certificate\":\"" + fingerprint + "\"")
                .mapTo(String.class)
                .list());
        assertThat(types).containsExactly("key-changed", "shard-opened");
    }
}
