package org.cartulary.compliance.evidence;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cartulary.compliance.keys.KeyUnusable;
import org.cartulary.compliance.testing.ForeignTool;
import org.cartulary.compliance.testing.PostgresExtension;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class FailClosedTest {
    private final Jdbi jdbi = PostgresExtension.database("compliance");

    @TempDir
    private Path home;

    @Test
    void anUnwritableLogDirectoryStopsAppendsUntilItIsWritableAgain() throws IOException {
        try (LogFixture fixture = LogFixture.open(jdbi, home)) {
            Path obstacle = Files.writeString(home.resolve("log/tile"), "not a directory");
            // The log finds the obstacle when it writes the files of what it has already taken.
            List<Long> taken = new ArrayList<>();
            assertThatExceptionOfType(EvidenceUnavailable.class)
                    .isThrownBy(() -> {
                        while (true) {
                            taken.add(fixture.appendStarted());
                        }
                    })
                    .withMessageContaining("log directory");
            assertThat(fixture.log().status().retries()).isTrue();
            assertThat(fixture.log().status().publishedSize()).isZero();

            Files.delete(obstacle);
            taken.add(appendWhenWritable(fixture));
            for (int i = 0; i < taken.size(); i++) {
                assertThat(fixture.receipt(taken.get(i)).index()).isEqualTo(i);
            }
            assertThat(fixture.log().published().checkpoint().size()).isEqualTo(taken.size());
        }
    }

    private static long appendWhenWritable(LogFixture fixture) {
        while (true) {
            try {
                return fixture.appendStarted();
            } catch (EvidenceUnavailable e) {
                assertThat(e).hasMessageMatching(".*(log directory|log needs).*");
            }
        }
    }

    @Test
    void aFullDiskStopsAppendsUntilThereIsRoomAgain() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(home.resolve("log"));
                LogFixture fixture = LogFixture.open(jdbi, home)) {
            long entry = fixture.appendStarted();
            fixture.receipt(entry);
            Path filler = disk.fill();
            assertThatExceptionOfType(EvidenceUnavailable.class)
                    .isThrownBy(fixture::appendStarted)
                    .withMessageContaining("make room");
            assertThat(fixture.log().whyNotWritable())
                    .hasValueSatisfying(why -> assertThat(why).contains("make room"));

            Files.delete(filler);
            assertThat(fixture.receipt(fixture.appendStarted()).index()).isEqualTo(1);
            assertThat(fixture.log().whyNotWritable()).isEmpty();
        }
    }

    @Test
    void aDiskThatFillsAfterTheAppendDelaysTheFilesAndLosesNothing() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(home.resolve("log"));
                LogFixture fixture = LogFixture.open(jdbi, home)) {
            long entry = jdbi.inTransaction(handle -> {
                long id = fixture.log().append(handle, LogFixture.draft(EntryType.STARTED, 1, Map.of(), Map.of()));
                disk.fill();
                return id;
            });
            Receipt receipt = fixture.receipt(entry);
            assertThat(receipt.index()).isZero();
            assertThatExceptionOfType(EvidenceUnavailable.class)
                    .isThrownBy(fixture::appendStarted)
                    .withMessageContaining("make room");
            fixture.awaitFiles();
            assertThat(fixture.log().status().publishedSize()).isZero();

            Files.delete(disk.filler());
            long next = appendWhenWritable(fixture);
            assertThat(fixture.receipt(entry).proof()).isEqualTo(receipt.proof());
            assertThat(fixture.receipt(next).index()).isEqualTo(1);
            assertThat(fixture.log().published().checkpoint().size()).isEqualTo(2);
        }
    }

    @Test
    void aDatabaseBehindThePublishedCheckpointRefusesToStart() {
        try (LogFixture fixture = LogFixture.open(jdbi, home)) {
            fixture.receipt(fixture.appendStarted());
            fixture.receipt(fixture.appendStarted());
        }
        rewindDatabaseTo(1);
        assertRefused("old copy of the database");
    }

    /** What a restored backup looks like: entries, checkpoints and state of an earlier moment. */
    private void rewindDatabaseTo(long size) {
        jdbi.useTransaction(handle -> {
            handle.execute("DELETE FROM compliance.entry WHERE tree_index >= ?", size);
            handle.execute("DELETE FROM compliance.checkpoint WHERE size > ?", size);
            byte[] leafHash = handle.createQuery("SELECT leaf_hash FROM compliance.entry")
                    .mapTo(byte[].class)
                    .one();
            handle.execute("UPDATE compliance.shard SET size = ?, frontier = ?", size, leafHash);
        });
    }

    @Test
    void anEmptyDatabaseBesideAPublishedLogRefusesToStart() {
        try (LogFixture fixture = LogFixture.open(jdbi, home)) {
            fixture.receipt(fixture.appendStarted());
        }
        Jdbi empty = PostgresExtension.database("compliance");
        assertThatThrownBy(() -> LogFixture.open(empty, home))
                .isInstanceOf(EvidenceUnavailable.class)
                .hasMessageContaining("The database is empty");
    }

    @Test
    void aMissingCheckpointFileRefusesToStart() throws IOException {
        try (LogFixture fixture = LogFixture.open(jdbi, home)) {
            fixture.receipt(fixture.appendStarted());
        }
        Files.delete(home.resolve("log/checkpoint"));
        assertRefused("put the log directory back");
    }

    @Test
    void anAlteredCheckpointFileRefusesToStart() throws IOException {
        try (LogFixture fixture = LogFixture.open(jdbi, home)) {
            fixture.receipt(fixture.appendStarted());
        }
        Path checkpoint = home.resolve("log/checkpoint");
        Files.writeString(checkpoint, Files.readString(checkpoint).replaceFirst("\n1\n", "\n2\n"));
        assertRefused("not one that this log signed");
    }

    @Test
    void anAlteredTileRefusesToStart() throws IOException {
        try (LogFixture fixture = LogFixture.open(jdbi, home)) {
            fixture.receipt(fixture.appendStarted());
        }
        Path tile = home.resolve("log/tile/0/000.p/1");
        byte[] bytes = Files.readAllBytes(tile);
        bytes[0] ^= 1;
        Files.write(tile, bytes);
        assertRefused("its tiles");
    }

    @Test
    void anotherLogKeyRefusesToStart(@TempDir Path other) throws IOException {
        try (LogFixture fixture = LogFixture.open(jdbi, home)) {
            fixture.receipt(fixture.appendStarted());
        }
        Files.createDirectories(other.resolve("keys"));
        Files.copy(home.resolve("keys/master.key"), other.resolve("keys/master.key"), COPY_ATTRIBUTES);
        LogFixture.open(PostgresExtension.database("compliance"), other).close();
        Files.copy(other.resolve("keys/log.p12"), home.resolve("keys/log.p12"), REPLACE_EXISTING, COPY_ATTRIBUTES);
        assertRefused("does not hold the key of this log");
    }

    @Test
    void anotherCosigningKeyThanTheNotedOneRefusesToStart() throws IOException {
        LogFixture.open(jdbi, home).close();
        String vkey = noted();
        note("another");
        assertRefused("does not hold the ML-DSA-44 key");
        note(vkey);
        Files.writeString(home.resolve("log/log-ml-dsa-44.vkey"), "another\n");
        assertRefused("log-ml-dsa-44.vkey is not the key");
    }

    private String noted() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT vkey FROM compliance.cosigning_key")
                .mapTo(String.class)
                .one());
    }

    private void note(String vkey) {
        jdbi.useHandle(handle -> handle.execute("UPDATE compliance.cosigning_key SET vkey = ?", vkey));
    }

    @Test
    void aLogFromBeforeGetsItsSecondKeyAndItsOldCheckpointStaysValid() throws Exception {
        ForeignTool.assumeInstalled("openssl");
        try (LogFixture fixture = LogFixture.open(jdbi, home)) {
            fixture.receipt(fixture.appendStarted());
        }
        Path checkpoint = home.resolve("log/checkpoint");
        Path vkey = home.resolve("log/log-ml-dsa-44.vkey");
        String old = Files.readString(checkpoint).lines().limit(5).collect(Collectors.joining("\n", "", "\n"));
        Files.writeString(checkpoint, old);
        Files.delete(vkey);
        jdbi.useHandle(handle -> {
            handle.execute("UPDATE compliance.checkpoint SET note = ? WHERE size = 1", old);
            handle.execute("DELETE FROM compliance.cosigning_key");
        });
        takeTheKeyOutOfItsFile();
        try (LogFixture fixture = LogFixture.open(jdbi, home)) {
            assertThat(home.resolve("keys/log.key")).doesNotExist();
            assertThat(fixture.log().published().note()).isEqualTo(old);
            assertThat(vkey).content().isEqualTo(noted() + "\n");
            fixture.receipt(fixture.appendStarted());
            fixture.awaitFiles();
            assertThat(Files.readAllLines(checkpoint)).hasSize(6);
        }
    }

    /** As it lay in homes from before: in clear. */
    private void takeTheKeyOutOfItsFile() throws IOException, InterruptedException {
        ForeignTool.Result taken = ForeignTool.shell(home.resolve("keys"), """
                umask 077
                openssl kdf -keylen 32 -kdfopt digest:SHA2-256 -kdfopt hexkey:$(cat master.key) \\
                    -kdfopt info:"cartulary/v1 log.p12" -binary HKDF | od -An -v -tx1 | tr -d ' \\n' > password
                openssl pkcs12 -in log.p12 -passin file:password -nodes -nocerts 2> /dev/null \\
                    | sed -n '/friendlyName: checkpoint/,/END/p' | sed -n '/BEGIN/,/END/p' > log.key
                rm log.p12 password
                """);
        assertThat(taken.exit()).as(taken.text()).isZero();
    }

    @Test
    void aMissingKeyFileIsNotReplacedByANewOne() throws IOException {
        try (LogFixture fixture = LogFixture.open(jdbi, home)) {
            fixture.receipt(fixture.appendStarted());
        }
        Files.delete(home.resolve("keys/log.p12"));
        assertThatExceptionOfType(KeyUnusable.class)
                .isThrownBy(() -> LogFixture.open(jdbi, home))
                .withMessageContaining("log.p12 is missing while its log exists");
        assertThat(home.resolve("keys/log.p12")).doesNotExist();
    }

    @Test
    void aLeafAlteredBeforePublicationStopsTheLog() {
        try (LogFixture fixture = LogFixture.open(jdbi, home)) {
            long entry = jdbi.inTransaction(handle -> {
                long id = fixture.log().append(handle, LogFixture.draft(EntryType.STARTED, 1, Map.of(), Map.of()));
                handle.execute(
                        "UPDATE compliance.entry SET leaf = ? WHERE id = ?", "{}".getBytes(StandardCharsets.UTF_8), id);
                return id;
            });
            assertThatExceptionOfType(EvidenceUnavailable.class)
                    .isThrownBy(() -> fixture.receipt(entry))
                    .withMessageContaining("signed root");
            assertThat(fixture.log().status().retries()).isFalse();
        }
    }

    @Test
    void ofTwoIntegratorsOneLosesAndStops() {
        try (LogFixture first = LogFixture.open(jdbi, home)) {
            first.receipt(first.appendStarted());
            moveTheLogElsewhere();
            long entry = first.appendStarted();
            assertThatExceptionOfType(EvidenceUnavailable.class)
                    .isThrownBy(() -> first.receipt(entry))
                    .withMessageContaining("Another integrator");
        }
    }

    private void moveTheLogElsewhere() {
        jdbi.useHandle(handle -> handle.execute("UPDATE compliance.shard SET size = size + 1"));
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> LogFixture.open(jdbi, home))
                .isInstanceOf(EvidenceUnavailable.class)
                .hasMessageContaining(message);
    }
}
