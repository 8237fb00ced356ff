package org.cartulary.verifier.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.cartulary.verifier.note.TrustPolicy;
import org.cartulary.verifier.report.Check;
import org.cartulary.verifier.report.CheckResult;
import org.cartulary.verifier.report.Finding;
import org.cartulary.verifier.report.Report;
import org.cartulary.verifier.testing.BundleDraft;
import org.cartulary.verifier.testing.Golden;
import org.cartulary.verifier.testing.LargeLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundleVerifierTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"1,0", "12,0", "12,9", "12,12", "256,250", "600,590"})
    void acceptsBundlesOfLogsThatGoMade(int size, int from) throws IOException {
        Path file = directory.resolve("bundle.zip");
        Files.write(file, BundleDraft.golden(size, from).zip());
        Report report = BundleVerifier.verify(file, Golden.policy("log"));
        assertThat(VerifiedBundle.findings(report)).isEmpty();
        assertThat(report.held()).isTrue();
        assertThat(held(report, "receipts prove their entries, checkpoints signed"))
                .isEqualTo(size - from);
        assertThat(held(report, "leaves are canonical and show only what they may"))
                .isEqualTo(size);
        assertThat(report.shows()).contains(Golden.ORIGIN, size + " entries");
    }

    @Test
    void acceptsABundleWithSeveralTilesAndManyCheckpoints() {
        Report report = VerifiedBundle.of(LargeLog.bundle(3_000, 25));
        assertThat(VerifiedBundle.findings(report)).isEmpty();
        assertThat(report.held()).isTrue();
        assertThat(held(report, "receipts' checkpoints are prefixes of this log"))
                .isEqualTo(3_000);
        assertThat(held(report, "questions: asked first, at most one end, no number twice"))
                .isEqualTo(1_000);
    }

    @ParameterizedTest
    @CsvSource({"1", "7", "255", "256", "257", "512", "1000"})
    void acceptsCheckpointsThatEndAnywhereInATile(int batch) {
        Report report = VerifiedBundle.of(LargeLog.bundle(1_000, batch));
        assertThat(VerifiedBundle.findings(report)).isEmpty();
        assertThat(held(report, "receipts' checkpoints are prefixes of this log"))
                .isEqualTo(1_000);
    }

    @Test
    void namesTheFirstOfManyFindingsWhicheverThreadIsFirst() {
        byte[] zip = LargeLog.draft(2_000, 2_000)
                .change(files -> files.replaceAll(
                        (name, content) -> name.startsWith("receipts/") ? bytes(cut(content)) : content))
                .zip();
        List<String> expected = IntStream.range(0, Check.KEPT_FINDINGS)
                .mapToObj(index -> "receipts/" + index + ".tlog-proof")
                .toList();
        for (int run = 0; run < 5; run++) {
            CheckResult receipts = check(VerifiedBundle.of(zip), "receipts prove their entries, checkpoints signed");
            assertThat(receipts.failed()).isEqualTo(2_000);
            assertThat(receipts.findings()).extracting(Finding::where).isEqualTo(expected);
        }
    }

    /** A receipt without the first hash of its path. */
    private static String cut(byte[] receipt) {
        return new String(receipt, StandardCharsets.UTF_8).replaceFirst("(index [0-9]+\n)[^\n]+\n", "$1");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void saysHowManyQuestionsAreStillOpen() {
        Report report = VerifiedBundle.of(BundleDraft.golden(12, 0).zip());
        assertThat(check(report, "questions: asked first, at most one end, no number twice")
                        .remark())
                .isEqualTo("1 still open at the end of the log");
    }

    @Test
    void acceptsWhenOneOfSeveralKeysIsTheLogs() {
        TrustPolicy keys = TrustPolicy.parse(Golden.text("other.vkey") + Golden.text("log.vkey"));
        assertThat(VerifiedBundle.of(BundleDraft.golden(12, 0).zip(), keys).held())
                .isTrue();
    }

    @Test
    void rejectsWhenOnlyAWitnessIsKnown() {
        Report report = VerifiedBundle.of(BundleDraft.golden(12, 0).zip(), Golden.policy("witness"));
        assertThat(report.held()).isFalse();
        assertThat(VerifiedBundle.findings(report)).contains("a signature by the log");
    }

    @Test
    void refusesWhatIsNoRegularFile() {
        assertThatThrownBy(() -> BundleVerifier.verify(directory, Golden.policy("log")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not a regular file");
        assertThatThrownBy(() -> BundleVerifier.verify(directory.resolve("absent.zip"), Golden.policy("log")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void rejectsAnEmptyFile() {
        assertThat(VerifiedBundle.of(new byte[0]).held()).isFalse();
    }

    private static long held(Report report, String name) {
        return check(report, name).held();
    }

    private static CheckResult check(Report report, String name) {
        return report.checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
