package org.cartulary.compliance.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.ZipFile;
import org.assertj.core.api.AbstractStringAssert;
import org.cartulary.compliance.canonical.CanonicalJson;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.LogFixture;
import org.cartulary.compliance.testing.PostgresExtension;
import org.cartulary.verifier.bundle.BundleVerifier;
import org.cartulary.verifier.note.TrustPolicy;
import org.cartulary.verifier.report.Report;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage to a bundle of version 2 whose zip is whole is named, also where whoever did it holds the log's own keys. */
class DamagedBundleTest {
    private final Jdbi jdbi = PostgresExtension.database("compliance");

    @TempDir
    private Path home;

    @TempDir
    private Path other;

    @TempDir
    private Path desk;

    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private LogFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = LogFixture.open(jdbi, home);
        for (int i = 0; i < 2; i++) {
            long number = fixture.newNumber();
            fixture.append(EntryType.ASKED, number, Map.of("act", "ask"), Map.of("question", "Wer zahlt?"));
            fixture.receipt(fixture.append(EntryType.ANSWERED, number, Map.of(), Map.of("answer", "Niemand " + i)));
        }
        fixture.log().recordCertificate(jdbi);
        Path zip = desk.resolve("whole.zip");
        new BundleExporter(fixture.log(), Clock.systemUTC()).export(zip, 1, 4);
        try (ZipFile whole = new ZipFile(zip.toFile())) {
            for (var entry : whole.stream().toList()) {
                files.put(entry.getName(), whole.getInputStream(entry).readAllBytes());
            }
        }
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void theBundleHoldsAsItIsAndAfterItWasSignedAgain() throws Exception {
        assertThat(verified().held()).isTrue();
        sign(manifest -> {});
        assertThat(verified().held()).isTrue();
    }

    @Test
    void whatWasReplacedWithoutAKeyIsNamed() throws Exception {
        files.put("records/1.json", bytes("records/3.json"));
        findings()
                .contains("records: expected SHA-256 ")
                .contains("records/1.json: expected the leaf that stands in the log");
        files.put("entries.csv", "index\r\n".getBytes(StandardCharsets.UTF_8));
        findings().contains("entries.csv: expected SHA-256 ");
        files.put("manifest.json", "{}\n".getBytes(StandardCharsets.UTF_8));
        findings().contains("manifest.note: expected the bytes of manifest.json");
    }

    @Test
    void whatIsMissingOrForeignIsNamedEvenUnderAForgedManifest() throws Exception {
        byte[] receipt = bytes("receipts/2.tlog-proof");
        files.remove("receipts/2.tlog-proof");
        sign(manifest -> {});
        findings().contains("receipts/2.tlog-proof: expected this file in the bundle, found none");
        files.put("receipts/2.tlog-proof", receipt);
        files.put("records/0.json", bytes("records/1.json"));
        sign(manifest -> {});
        findings().contains("records/0.json: expected no file of this name in this bundle");
        files.remove("records/0.json");
        files.put("log/log.vkey", receipt);
        sign(manifest -> {});
        findings().contains("log/log.vkey: expected no file of this name in this bundle");
        files.remove("log/log.vkey");
        files.remove("report.html");
        sign(manifest -> {});
        findings().contains("report.html: expected this file in the bundle");
    }

    @Test
    void aManifestThatSaysSomethingElseIsNamed() throws Exception {
        sign(manifest -> manifest.put("disclosed", "0-3"));
        findings().contains("records/0.json: expected this file in the bundle");
        sign(manifest -> manifest.put("disclosed", "1-2"));
        findings().contains("records/3.json: expected no file of this name");
        sign(manifest -> manifest.put("disclosed", "1 2-3"));
        findings().contains("manifest.json: expected ascending ranges");
        sign(manifest -> manifest.put("disclosed", "1-3 9"));
        findings().contains("manifest.json: expected disclosed entries of the 5 in the log");
        sign(manifest -> manifest.put("disclosed", "1-3").put("size", 4));
        findings().contains("manifest.json: expected the log of the checkpoint");
        sign(manifest -> ((ObjectNode) manifest.put("size", 5).required("selection")).put("name", "ada"));
        findings().contains("expected an option of audit export, found \"name\"");
        sign(manifest -> {
            ((ObjectNode) manifest.required("selection")).remove("name");
            ((ObjectNode) manifest.required("files")).put("models/x.json", Sha256.UNKNOWN);
        });
        findings().contains("models/x.json: expected this file in the bundle, as the manifest lists it");
    }

    @Test
    void aCmsSignatureBySomebodyElseOrOverSomethingElseOrNoneIsNamed() throws Exception {
        Jdbi second = PostgresExtension.database("compliance");
        try (LogFixture foreign = LogFixture.open(second, other)) {
            files.put("manifest.p7s", foreign.log().published().signCms(bytes("manifest.json"), Instant.EPOCH));
        }
        findings().contains("manifest.p7s: expected the certificate that was given, found another");
        files.put("manifest.p7s", fixture.log().published().signCms(new byte[1], Instant.EPOCH));
        findings().contains("manifest.p7s: expected the SHA-256 of manifest.json as message digest");
        files.remove("manifest.p7s");
        findings()
                .contains("manifest.p7s: expected this file in the bundle")
                .doesNotContain("manifest is signed by a given key");
    }

    private byte[] bytes(String name) {
        return Objects.requireNonNull(files.get(name));
    }

    /** Makes the manifest fit the files, then changes it, and signs it with the log's keys. */
    private void sign(Consumer<ObjectNode> change) throws IOException {
        ObjectNode manifest = (ObjectNode) CanonicalJson.parse(bytes("manifest.json"));
        ObjectNode hashes = (ObjectNode) manifest.required("files");
        hashes.removeAll();
        Map<String, Sha256.Directory> directories = new TreeMap<>();
        manifest.required("directories")
                .properties()
                .forEach(directory -> directories.put(directory.getKey(), new Sha256.Directory()));
        files.forEach((name, content) -> {
            String directory = name.startsWith("log/tile/") ? "log/tile" : name.replaceFirst("/.*", "");
            if (directories.containsKey(directory)) {
                directories.get(directory).add(name, content);
            } else if (!name.startsWith("manifest.")) {
                hashes.put(name, Sha256.hex(content));
            }
        });
        directories.forEach((name, hash) -> ((ObjectNode) manifest.required("directories")).put(name, hash.hex()));
        change.accept(manifest);
        String text = CanonicalJson.text(manifest) + "\n";
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        files.put("manifest.json", encoded);
        files.put("manifest.note", fixture.log().published().sign(text).getBytes(StandardCharsets.UTF_8));
        files.put("manifest.p7s", fixture.log().published().signCms(encoded, Instant.EPOCH));
    }

    private AbstractStringAssert<?> findings() throws Exception {
        Report report = verified();
        assertThat(report.held()).isFalse();
        StringBuilder text = new StringBuilder();
        report.checks()
                .forEach(check -> check.findings()
                        .forEach(finding -> text.append(check.name())
                                .append(": ")
                                .append(finding)
                                .append('\n')));
        return assertThat(text.toString());
    }

    private Report verified() throws Exception {
        Path zip = desk.resolve("bundle.zip");
        try (FileChannel out = FileChannel.open(
                        zip,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                FileChannel directory = FileChannel.open(
                        desk.resolve("directory"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE)) {
            CanonicalZip writer = new CanonicalZip(out, directory);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                writer.add(file.getKey(), file.getValue());
            }
            writer.finish();
        }
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(home.resolve("log/manifest.pem"))));
        return BundleVerifier.verify(zip, TrustPolicy.parse(fixture.log().vkey()), certificate);
    }
}
