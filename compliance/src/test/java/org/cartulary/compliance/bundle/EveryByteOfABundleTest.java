package org.cartulary.compliance.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.LogFixture;
import org.cartulary.compliance.testing.PostgresExtension;
import org.cartulary.verifier.bundle.BundleVerifier;
import org.cartulary.verifier.note.TrustPolicy;
import org.cartulary.verifier.report.Report;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No byte of a bundle of version 2, as the exporter writes it, can change without notice. The short form flips every 41st byte,
 * beginning at another one each time.
 */
class EveryByteOfABundleTest {
    private static final int STEP = Boolean.getBoolean("cartulary.long") ? 1 : 41;

    private final Jdbi jdbi = PostgresExtension.database("compliance");

    @TempDir
    private Path home;

    @TempDir
    private Path desk;

    @Test
    void findsAFlippedBitInEveryByte() throws Exception {
        Path zip = desk.resolve("bundle.zip");
        TrustPolicy policy;
        try (LogFixture fixture = LogFixture.open(jdbi, home)) {
            fixture.log().recordCertificate(jdbi);
            long number = fixture.newNumber();
            fixture.append(EntryType.ASKED, number, Map.of("act", "ask"), Map.of("question", "Wer zahlt?"));
            fixture.receipt(fixture.append(EntryType.ANSWERED, number, Map.of(), Map.of("answer", "Niemand.")));
            new BundleExporter(fixture.log(), Clock.systemUTC()).export(zip, 0, 3);
            policy = TrustPolicy.parse(fixture.log().vkey());
        }
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(home.resolve("log/manifest.pem"))));
        Report whole = BundleVerifier.verify(zip, policy, certificate);
        assertThat(whole.held()).as(whole.toString()).isTrue();
        assertThat(whole.toString()).contains("on record in entry 0");

        List<Integer> unnoticed = new ArrayList<>();
        try (FileChannel file = FileChannel.open(zip, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (int at = (int) (System.nanoTime() % STEP); at < file.size(); at += STEP) {
                flip(file, at);
                if (BundleVerifier.verify(zip, policy, certificate).held()) {
                    unnoticed.add(at);
                }
                flip(file, at);
            }
        }
        assertThat(unnoticed).isEmpty();
        assertThat(BundleVerifier.verify(zip, policy, certificate).held()).isTrue();
    }

    private static void flip(FileChannel file, int at) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        file.read(one, at);
        one.put(0, (byte) (one.get(0) ^ 1 << at % 8));
        file.write(one.flip(), at);
    }
}
