package org.cartulary.verifier.log;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.cartulary.verifier.report.CheckResult;
import org.cartulary.verifier.report.Finding;
import org.cartulary.verifier.report.Report;
import org.cartulary.verifier.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogVerifierTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 12, 256, 600})
    void derivesTheRootsThatGoSigned(int size) throws IOException {
        write(size);
        Report report = verify();
        assertThat(findings(report)).isEmpty();
        assertThat(report.held()).isTrue();
        assertThat(report.shows()).contains("at " + size + " entries");
    }

    @Test
    void readsFullTilesWhereThePartialOnesAreGone() throws IOException {
        write(600);
        Files.write(directory.resolve("checkpoint"), content(Golden.log(12), "log/checkpoint"));
        assertThat(findings(verify())).isEmpty(); // the first twelve entries of all golden logs are the same
    }

    @Test
    void countsFilesThatBelongToAnotherCheckpoint() throws IOException {
        write(600);
        Files.createDirectories(directory.resolve("tile/0/002.p"));
        Files.write(directory.resolve("tile/0/002.p/90"), new byte[90 * 32]);
        Report report = verify();
        assertThat(report.held()).isTrue();
        assertThat(report.checks().stream().map(CheckResult::remark).toList().toString())
                .contains("1 files under tile/ are not part of the log at this checkpoint");
    }

    @Test
    void namesATileThatIsMissingOrChanged() throws IOException {
        write(600);
        Files.delete(directory.resolve("tile/1/000.p/2"));
        assertThat(findings(verify())).contains("tile/1/000.p/2: expected this file in the log, found none");
        write(600);
        byte[] tile = Files.readAllBytes(directory.resolve("tile/0/001"));
        tile[7] ^= 1;
        Files.write(directory.resolve("tile/0/001"), tile);
        assertThat(findings(verify())).contains("entry 256: expected the leaf whose hash is in tile/0/001");
        write(600);
        Files.delete(directory.resolve("tile/entries/001"));
        assertThat(findings(verify())).contains("tile/entries/001: expected this file in the log, found none");
    }

    @Test
    void namesATailOrHeadThatWasCut() throws IOException {
        write(600);
        Files.delete(directory.resolve("tile/entries/002.p/88"));
        assertThat(findings(verify())).contains("tile/entries/002.p/88: expected this file in the log, found none");
        write(600);
        Files.copy(directory.resolve("tile/entries/001"), directory.resolve("tile/entries/000"), REPLACE_EXISTING);
        assertThat(findings(verify()))
                .contains("entry 0: expected the leaf whose hash is in tile/0/000")
                .contains("checkpoint: expected the root that follows from the leaves");
    }

    @Test
    void namesAnOldLogUnderANewCheckpoint() throws IOException {
        write(256);
        Files.write(directory.resolve("checkpoint"), content(Golden.log(600), "log/checkpoint"));
        assertThat(findings(verify())).contains("tile/entries/001: expected this file in the log, found none");
    }

    @Test
    void namesAMissingCheckpoint() throws IOException {
        Files.createDirectories(directory.resolve("tile"));
        assertThat(findings(verify())).contains("checkpoint: expected this file in the log, found none");
    }

    private Report verify() throws IOException {
        return LogVerifier.verify(directory, Golden.policy("log"));
    }

    private void write(int size) throws IOException {
        for (Map.Entry<String, byte[]> file : Golden.log(size).entrySet()) {
            if (file.getKey().startsWith("log/")) {
                Path path = directory.resolve(file.getKey().substring("log/".length()));
                Files.createDirectories(path.resolveSibling("."));
                Files.write(path, file.getValue());
            }
        }
    }

    private static byte[] content(Map<String, byte[]> files, String name) {
        byte[] content = files.get(name);
        if (content == null) {
            throw new IllegalArgumentException("no golden file " + name);
        }
        return content;
    }

    private static String findings(Report report) {
        StringBuilder text = new StringBuilder();
        for (CheckResult check : report.checks()) {
            for (Finding finding : check.findings()) {
                text.append(finding).append('\n');
            }
        }
        return text.toString();
    }
}
