package org.cartulary.compliance.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cartulary.compliance.testing.PostgresExtension;
import org.cartulary.compliance.testing.TestDatabase;
import org.cartulary.compliance.tlog.Checkpoint;
import org.cartulary.compliance.tlog.LogDirectory;
import org.cartulary.compliance.tlog.TreeReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CrashTest {
    private static final int KILL_AFTER_RECEIPTS = 20;

    private final TestDatabase database = PostgresExtension.open("compliance");

    @TempDir
    private Path home;

    @ParameterizedTest
    @EnumSource(Step.class)
    void nothingIsLostWhenTheProcessEndsAfter(Step step) throws Exception {
        Process child = start(step.name());
        List<String> receipts = readAll(child);
        assertThat(child.waitFor()).isEqualTo(CrashingWriter.HALTED);
        assertThat(receipts).isNotEmpty();

        assertRecovered(receipts);
    }

    @Test
    void noReceiptThatWasHandedOutIsLostWhenTheProcessIsKilled() throws Exception {
        Process child = start("NONE");
        List<String> receipts = new ArrayList<>();
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                receipts.add(line);
                if (receipts.size() == KILL_AFTER_RECEIPTS) {
                    // Not Process.destroyForcibly, which closes the stream that still holds receipts.
                    child.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();

        assertRecovered(receipts);
    }

    private Process start(String step) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1", // it does not live long enough for more
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingWriter.class.getName(),
                        database.url(),
                        database.user(),
                        database.password(),
                        home.toString(),
                        step,
                        Boolean.getBoolean("cartulary.long") ? "100" : "5")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<String> readAll(Process child) throws IOException {
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            return lines.lines().toList();
        }
    }

    /** Every line is an entry's id, its index, and the size and root of the checkpoint in its receipt. */
    private void assertRecovered(List<String> receipts) throws IOException {
        Checkpoint before = published();
        try (LogFixture fixture = LogFixture.open(database.jdbi(), home)) {
            fixture.awaitFiles();
            LogStatus status = fixture.log().status();
            long entries = count("SELECT count(*) FROM compliance.entry");
            assertThat(status.stoppedReason()).isNull();
            assertThat(count("SELECT sum(size) FROM compliance.shard")).isEqualTo(entries);
            assertThat(count("SELECT count(*) FROM compliance.entry WHERE tree_index IS NULL"))
                    .isZero();
            assertThat(published().size()).isEqualTo(status.publishedSize());
            assertThat(rootAt(before)).isEqualTo(before.root());
            for (String line : receipts) {
                String[] parts = line.split(" ", 4);
                Receipt again = fixture.receipt(Long.parseLong(parts[0]));
                assertThat(again.index()).isEqualTo(Long.parseLong(parts[1]));
                assertThat(again.proof()).contains("\n" + parts[2] + "\n" + parts[3] + "\n");
            }
            fixture.receipt(fixture.appendStarted());
        }
    }

    private long count(String sql) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    private byte[] rootAt(Checkpoint before) throws IOException {
        boolean closed = !published().origin().equals(before.origin());
        Path directory =
                closed ? home.resolve("log").resolve(before.origin().replaceFirst(".*/", "")) : home.resolve("log");
        return new TreeReader(new LogDirectory(directory), before.size()).root();
    }

    /** While a shard moves its checkpoint may be with it already. */
    private Checkpoint published() throws IOException {
        LogDirectory root = new LogDirectory(home.resolve("log"));
        String note = root.checkpoint().orElseGet(this::lastClosed);
        return Checkpoint.parse(note.substring(0, note.indexOf("\n\n") + 1));
    }

    private String lastClosed() {
        String origin = database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT origin FROM compliance.shard WHERE closed_at IS NOT NULL ORDER BY id DESC LIMIT 1")
                        .mapTo(String.class)
                        .one());
        try {
            return new LogDirectory(home.resolve("log").resolve(origin.replaceFirst(".*/", "")))
                    .checkpoint()
                    .orElseThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
