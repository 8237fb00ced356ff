package org.cartulary.verifier.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cartulary.verifier.note.TrustPolicy;
import org.cartulary.verifier.report.CheckResult;
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
