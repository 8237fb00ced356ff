package org.cartulary.compliance.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.stream.IntStream;
import org.cartulary.verifier.cms.DetachedCms;
import org.cartulary.verifier.report.CheckFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestKeyTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final byte[] MANIFEST = "{\"v\":2}\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path desk;

    private final ManifestKey key = made();

    private static ManifestKey made() {
        KeyPair pair = SigningKeyKind.MANIFEST.generate();
        return new ManifestKey(pair.getPrivate(), SelfSigned.certificate(SigningKeyKind.MANIFEST, pair, NOW));
    }

    @Test
    void openSslVerifiesAManifestBySignatureAndCertificate() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "needs openssl");
        Files.write(desk.resolve("manifest.json"), MANIFEST);
        Files.write(desk.resolve("manifest.p7s"), key.sign(MANIFEST, NOW));
        Files.writeString(desk.resolve("manifest.pem"), key.pem());
        assertThat(openssl()).isZero();
        Files.writeString(desk.resolve("manifest.json"), "{\"v\":3}\n");
        assertThat(openssl()).isNotZero();
        Files.write(desk.resolve("manifest.json"), MANIFEST);
        Files.writeString(desk.resolve("manifest.pem"), made().pem());
        assertThat(openssl()).isNotZero();
    }

    private int openssl() throws Exception {
        return new ProcessBuilder(("openssl cms -verify -binary -inform DER -in manifest.p7s -content manifest.json"
                                + " -CAfile manifest.pem -out /dev/null")
                        .split(" "))
                .directory(desk.toFile())
                .redirectErrorStream(true)
                .redirectOutput(desk.resolve("said").toFile())
                .start()
                .waitFor();
    }

    @Test
    void theVerifierReadsWhatBouncyCastleWritesAndRefusesEveryFlippedByte() throws Exception {
        byte[] signed = key.sign(MANIFEST, NOW);
        Files.writeString(desk.resolve("manifest.pem"), key.pem());
        X509Certificate given = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(desk.resolve("manifest.pem"))));
        check(signed, given);
        assertThat(DetachedCms.read(signed, "manifest.p7s").fingerprint()).isEqualTo(key.fingerprint());
        assertThatThrownBy(() -> check(signed, made().certificate()))
                .isInstanceOf(CheckFailed.class)
                .hasMessageContaining("the certificate that was given");
        for (int i = 0; i < signed.length; i++) {
            byte[] flipped = signed.clone();
            flipped[i] ^= 1;
            assertThatThrownBy(() -> check(flipped, given)).as("byte %d", i).isInstanceOf(CheckFailed.class);
        }
    }

    private static void check(byte[] signed, X509Certificate given) {
        DetachedCms cms = DetachedCms.read(signed, "manifest.p7s");
        cms.requireSigner(given);
        cms.verify(MANIFEST);
    }

    @Test
    void whatIsSignedDecidesTheBytesAndItsTimeTheLength() {
        assertThat(key.sign(MANIFEST, NOW)).isEqualTo(key.sign(MANIFEST, NOW));
        assertThat(IntStream.range(0, 20)
                        .map(i -> key.sign(new byte[i], NOW).length)
                        .distinct()
                        .count())
                .isOne();
    }
}
