package org.cartulary.compliance.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.LogFixture;
import org.cartulary.compliance.evidence.Receipt;
import org.cartulary.compliance.testing.PostgresExtension;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleExporterTest {
    private final Jdbi jdbi = PostgresExtension.database("compliance");

    @TempDir
    private Path home;

    @TempDir
    private Path desk;

    private LogFixture fixture;

    @BeforeEach
    void open() {
        fixture = LogFixture.open(jdbi, home);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private long writeQuestions(int count) {
        long last = 0;
        for (int i = 0; i < count; i++) {
            long number = fixture.newNumber();
            Map<String, Object> question = Map.of("question", "Was kostet Müll № " + i + "? \u2028\"\\", "seed", 42L);
            fixture.append(EntryType.ASKED, number, Map.of("act", "ask"), question);
            Map<String, Object> answer = Map.of("answer", "3.5", "scores", List.of(0.1f, 1e-7, 1e21, 3.0));
            last = fixture.append(EntryType.ANSWERED, number, Map.of("policyVersion", 1L), answer);
        }
        return last;
    }

    private ForeignVerifier exported(long from, long to) throws IOException {
        Path zip = desk.resolve("bundle.zip");
        new BundleExporter(fixture.log(), Clock.systemUTC()).export(zip, from, to);
        Files.writeString(desk.resolve("log.vkey"), fixture.log().vkey() + "\n");
        if (Files.notExists(home.resolve("log/manifest.pem"))) {
            fixture.log().recordCertificate(jdbi);
        }
        Files.copy(home.resolve("log/manifest.pem"), desk.resolve("manifest.pem"), StandardCopyOption.REPLACE_EXISTING);
        return new ForeignVerifier(desk);
    }

    @Test
    void theStepsThatVerifyMdPrintsSucceedWithForeignToolsAlone() throws Exception {
        ForeignVerifier.assumeInstalled();
        fixture.receipt(writeQuestions(140));
        ForeignVerifier verifier = exported(0, 280);
        verifier.followGuide();

        assertThat(verifier.output())
                .contains("Signature Verified Successfully")
                .contains("280 entries in the tree, 280 of them disclosed")
                .contains("\"type\":\"answered\"");
    }

    /** OpenSSL before 3.5 knows no ML-DSA; then Java's own takes its last step, on the bytes that the steps before made. */
    @Test
    void theSecondSignatureIsCheckedAsVerifyMdSays() throws Exception {
        ForeignVerifier.assumeInstalled();
        fixture.receipt(writeQuestions(150));
        ForeignVerifier verifier = exported(0, 2);
        verifier.followGuide();
        Files.copy(home.resolve("log/log-ml-dsa-44.vkey"), desk.resolve("log-ml-dsa-44.vkey"));
        verifier.followSecondSignature(verifier.isOpensslModern());

        Signature mlDsa = Signature.getInstance("ML-DSA-44");
        mlDsa.initVerify(KeyFactory.getInstance("ML-DSA-44")
                .generatePublic(new X509EncodedKeySpec(Files.readAllBytes(desk.resolve("second.der")))));
        mlDsa.update(Files.readAllBytes(desk.resolve("second.txt")));
        assertThat(mlDsa.verify(Files.readAllBytes(desk.resolve("second.sig")))).isTrue();
    }

    @Test
    void theForeignProgramFindsATamperedLeaf() throws Exception {
        ForeignVerifier.assumeInstalled();
        fixture.receipt(writeQuestions(3));
        ForeignVerifier verifier = exported(0, 6);
        verifier.followGuide();
        Path entries = desk.resolve("bundle/log/tile/entries/000.p/6");
        String leaves = Files.readString(entries, StandardCharsets.ISO_8859_1);
        Files.writeString(entries, leaves.replaceFirst("\"asked\"", "\"asket\""), StandardCharsets.ISO_8859_1);

        assertThat(verifier.runProgram()).isEqualTo(1);
        assertThat(verifier.output()).contains("FAILED");
    }

    @Test
    void theForeignProgramFindsATamperedAnswerEvenUnderAForgedManifest() throws Exception {
        ForeignVerifier.assumeInstalled();
        fixture.receipt(writeQuestions(3));
        ForeignVerifier verifier = exported(4, 6);
        verifier.followGuide();
        Path record = desk.resolve("bundle/records/5.json");
        Files.writeString(record, Files.readString(record).replace("\"3.5\"", "\"9.5\""));
        verifier.forgeManifest(text -> fixture.log().published().sign(text));

        assertThat(verifier.runProgram()).isEqualTo(1);
        assertThat(verifier.output()).contains("records/5.json: the field answer has another digest");
    }

    @Test
    void anotherKeyIsRefused() throws Exception {
        ForeignVerifier.assumeInstalled();
        fixture.receipt(writeQuestions(1));
        ForeignVerifier verifier = exported(0, 2);
        verifier.followGuide();
        Files.writeString(
                desk.resolve("log.vkey"), "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n");

        assertThat(verifier.runProgram()).isEqualTo(1);
    }

    @Test
    void twoExportsAtTheSameMomentAreTheSameBytes() {
        fixture.receipt(writeQuestions(2));
        Clock clock = Clock.fixed(java.time.Instant.EPOCH, java.time.ZoneOffset.UTC);
        Path first = desk.resolve("first.zip");
        Path second = desk.resolve("second.zip");
        new BundleExporter(fixture.log(), clock).export(first, 0, 4);
        new BundleExporter(fixture.log(), clock).export(second, 0, 4);

        assertThat(second).hasSameBinaryContentAs(first);
    }

    @Test
    void aBundleHasItsFilesInOrderAndNothingElse() throws IOException {
        Receipt receipt = fixture.receipt(writeQuestions(1));
        exported(1, 2);
        try (ZipFile zip = new ZipFile(desk.resolve("bundle.zip").toFile())) {
            assertThat(zip.stream().map(Object::toString))
                    .containsExactly(
                            "VERIFY.md",
                            "entries.csv",
                            "log/checkpoint",
                            "log/tile/0/000.p/2",
                            "log/tile/entries/000.p/2",
                            "manifest.json",
                            "manifest.note",
                            "manifest.p7s",
                            "receipts/1.tlog-proof",
                            "records/1.json",
                            "report.html");
            String record = new String(
                    zip.getInputStream(zip.getEntry("records/1.json")).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(record).isEqualTo(receipt.recordJson());
        }
    }

    @Test
    void aRangeBeyondTheTreeIsRefusedAndLeavesTheOldFile() throws IOException {
        fixture.receipt(writeQuestions(1));
        exported(0, 2);
        byte[] before = Files.readAllBytes(desk.resolve("bundle.zip"));

        assertThatIllegalArgumentException().isThrownBy(() -> exported(0, 4)).withMessageContaining("3 published");
        assertThat(desk.resolve("bundle.zip")).hasBinaryContent(before);
    }
}
