package org.cartulary.compliance.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.cartulary.compliance.canonical.CanonicalJson;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.testing.PostgresExtension;
import org.cartulary.compliance.testing.TestDatabase;
import org.cartulary.compliance.tlog.Checkpoint;
import org.cartulary.compliance.tlog.LogDirectory;
import org.cartulary.compliance.tlog.NoteVerifier;
import org.cartulary.compliance.tlog.TreeReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardTest {
    private static final Instant SUMMER = Instant.parse("2026-07-01T12:00:00Z");
    private static final Instant NEW_YEAR = Instant.parse("2027-01-01T00:00:00Z");

    private final TestDatabase database = PostgresExtension.open("compliance");
    private final AtomicReference<Instant> now = new AtomicReference<>(SUMMER);
    private final Clock clock = new SetClock(now::get);

    @TempDir
    private Path home;

    @Test
    void aNewYearBeginsAShardThatNamesTheOneBefore() throws IOException {
        try (LogFixture fixture = open()) {
            Receipt before = fixture.receipt(fixture.appendStarted());
            now.set(NEW_YEAR);
            Receipt after = receiptInShard(fixture, 2);

            assertThat(fixture.log().shards()).extracting(Shard::name).containsExactly("2026", "2027");
            assertThat(after.index()).isPositive();
            Checkpoint closed =
                    checkpoint(home.resolve("log/2026"), fixture.log().shards().getFirst());
            Checkpoint open =
                    checkpoint(home.resolve("log"), fixture.log().shards().getLast());
            assertThat(new TreeReader(new LogDirectory(home.resolve("log/2026")), closed.size()).root())
                    .isEqualTo(closed.root());
            JsonNode first = leaf(fixture, "2027", 0);
            assertThat(first.get("type").asText()).isEqualTo("shard-opened");
            assertThat(first.get("predecessor").asText()).isEqualTo(closed.origin());
            assertThat(first.get("size").asLong()).isEqualTo(closed.size());
            assertThat(Base64.getDecoder().decode(first.get("root").asText())).isEqualTo(closed.root());
            JsonNode last = leaf(fixture, "2026", closed.size() - 1);
            assertThat(last.get("type").asText()).isEqualTo("shard-closed");
            assertThat(last.get("successor").asText()).isEqualTo(open.origin());
            assertThat(last.get("successorKey").asText())
                    .isEqualTo(fixture.log().shards().getLast().vkey());
            assertThat(fixture.log().receiptOf(before.number()).orElseThrow().proof())
                    .contains(closed.origin());
        }
    }

    @Test
    void everythingIsFoundAfterARestart() {
        long entry;
        try (LogFixture fixture = open()) {
            entry = fixture.appendStarted();
            fixture.receipt(entry);
            fixture.log().beginShard(LogFixture.PATIENCE);
            fixture.log().beginShard(LogFixture.PATIENCE);
        }
        try (LogFixture again = open()) {
            assertThat(again.receipt(entry).proof()).contains("/2026\n");
            assertThat(again.log().shards()).extracting(Shard::name).containsExactly("2026", "2026-2", "2026-3");
            assertThat(again.log().entries("2026", 0, 10))
                    .extracting(EntrySummary::type)
                    .containsExactly(EntryType.STARTED, EntryType.SHARD_CLOSED);
            assertThat(again.log().entries("2026-2", 0, 10))
                    .extracting(EntrySummary::type)
                    .containsExactly(EntryType.SHARD_OPENED, EntryType.SHARD_CLOSED);
            assertThat(again.log().published("2026-2").recordJson(0)).contains("leaf");
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> again.log().published("2025"))
                    .withMessageContaining("2026, 2026-2, 2026-3");
        }
    }

    @Test
    void aQuestionMayEndInTheNextShard() {
        try (LogFixture fixture = open()) {
            long number = fixture.newNumber();
            fixture.append(EntryType.ASKED, number, Map.of("act", "ask"), Map.of("question", "Wer?"));
            fixture.log().beginShard(LogFixture.PATIENCE);
            long end = fixture.append(EntryType.ANSWERED, number, Map.of(), Map.of("answer", "Sie."));

            assertThat(leaf(fixture, "2026-2", 0).get("open")).hasSize(1);
            assertThat(leaf(fixture, "2026-2", 0).get("open").get(0).asLong()).isEqualTo(number);
            assertThat(fixture.receipt(end).number()).isEqualTo(number);
            assertThat(fixture.log().receiptOf(number, Principal.CONSOLE)).isPresent();
        }
    }

    @Test
    void nobodyIsCalledTheSameInTwoShards() {
        try (LogFixture fixture = open()) {
            fixture.appendStarted();
            fixture.log().beginShard(LogFixture.PATIENCE);
            fixture.receipt(fixture.appendStarted());

            String before = fixture.log().entries("2026", 0, 1).getFirst().actor();
            String after = fixture.log().entries("2026-2", 1, 1).getFirst().actor();
            assertThat(after).isNotEqualTo(before);
        }
    }

    @Test
    void aClockThatIsSetBackBeginsNoShard() {
        try (LogFixture fixture = open()) {
            now.set(SUMMER.minus(Duration.ofDays(800)));
            fixture.receipt(fixture.appendStarted());

            assertThat(fixture.log().shards()).hasSize(1);
        }
    }

    @Test
    void nothingIsLostOrMisplacedWhileOthersWrite() throws Exception {
        List<Long> entries = java.util.Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean enough = new AtomicBoolean();
        try (LogFixture fixture = open()) {
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                writers.add(Thread.ofPlatform().start(() -> {
                    while (!enough.get()) {
                        entries.add(fixture.appendStarted());
                    }
                }));
            }
            for (int i = 0; i < 3; i++) {
                fixture.log().beginShard(LogFixture.PATIENCE);
            }
            enough.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
            for (long entry : entries) {
                assertThat(fixture.receipt(entry).proof()).isNotEmpty();
            }
        }
        try (LogFixture again = open()) {
            long kept = 0;
            for (Shard shard : again.log().shards()) {
                PublishedLog published = again.log().published(shard.name());
                for (long index = 0; index < published.checkpoint().size(); index++) {
                    assertThat(published.recordJson(index)).isNotEmpty();
                }
                kept += published.checkpoint().size();
            }
            // Each shard but the last has an entry that closes it, each but the first one that opens it.
            assertThat(kept).isEqualTo(entries.size() + 6L);
        }
    }

    @Test
    void aClosedShardWhoseFilesAreGoneStopsTheStart() throws IOException {
        try (LogFixture fixture = open()) {
            fixture.appendStarted();
            fixture.log().beginShard(LogFixture.PATIENCE);
        }
        Files.move(home.resolve("log/2026"), home.resolve("elsewhere"));

        assertThatExceptionOfType(EvidenceUnavailable.class)
                .isThrownBy(this::open)
                .withMessageContaining("2026")
                .withMessageContaining("backup");
    }

    @Test
    void aMissingKeyOfPseudonymsIsNotMadeAnew() throws IOException {
        open().close();
        Files.delete(home.resolve("keys/pseudonyms/2026.key"));

        assertThatExceptionOfType(org.cartulary.compliance.keys.KeyUnusable.class)
                .isThrownBy(this::open)
                .withMessageContaining("2026.key is missing");
    }

    private LogFixture open() {
        return LogFixture.open(database.jdbi(), home, clock, step -> {});
    }

    /** The new year is noticed by the integrator, which entries wake. */
    private static Receipt receiptInShard(LogFixture fixture, int shard) {
        while (fixture.log().status().shard() < shard) {
            fixture.receipt(fixture.appendStarted());
        }
        return fixture.receipt(fixture.appendStarted());
    }

    private static JsonNode leaf(LogFixture fixture, String shard, long index) {
        JsonNode record = CanonicalJson.parse(
                fixture.log().published(shard).recordJson(index).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return CanonicalJson.parse(Base64.getDecoder().decode(record.get("leaf").asText()));
    }

    private static Checkpoint checkpoint(Path directory, Shard shard) throws IOException {
        String note = new LogDirectory(directory).checkpoint().orElseThrow();
        return Checkpoint.parse(NoteVerifier.parse(shard.vkey()).open(note));
    }

    @Test
    void newKeysSignTheNextShardAndTheOldOnesVouchForThem() throws IOException {
        try (LogFixture fixture = open()) {
            Receipt before = fixture.receipt(fixture.appendStarted());
            String old = fixture.log().vkey();
            database.jdbi().useTransaction(fixture.log()::rotateKeys);
            Receipt after = receiptInShard(fixture, 2);

            String fresh = fixture.log().vkey();
            assertThat(fresh.substring(fresh.lastIndexOf('+'))).isNotEqualTo(old.substring(old.lastIndexOf('+')));
            long end = checkpoint(
                            home.resolve("log/2026"), fixture.log().shards().getFirst())
                    .size();
            assertThat(leaf(fixture, "2026", end - 1).get("successorKey").asText())
                    .isEqualTo(fresh);
            assertThat(fixture.log().entries("2026-2", 0, 2))
                    .extracting(EntrySummary::type)
                    .containsExactly(EntryType.SHARD_OPENED, EntryType.KEY_CHANGED);
            assertThat(fixture.log().receiptOf(before.number())).isPresent();
            assertThat(after.proof()).contains("/2026-2\n");
        }
        try (LogFixture again = open()) {
            assertThat(again.receipt(again.appendStarted()).proof()).contains("/2026-2\n");
            assertThat(home.resolve("keys/log.next.p12")).doesNotExist();
            assertThat(again.log().shards()).hasSize(2);
        }
    }

    @Test
    void aChangeOfKeysThatWasCutShortIsFinished() throws IOException {
        Path kept = home.resolve("old.p12");
        try (LogFixture fixture = open()) {
            Files.copy(home.resolve("keys/log.p12"), kept);
            database.jdbi().useTransaction(fixture.log()::rotateKeys);
            receiptInShard(fixture, 2);
        }
        // As if the process had ended after the commit, before the file was put in place.
        Files.move(home.resolve("keys/log.p12"), home.resolve("keys/log.next.p12"));
        Files.copy(kept, home.resolve("keys/log.p12"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);

        try (LogFixture again = open()) {
            assertThat(again.receipt(again.appendStarted()).proof()).contains("/2026-2\n");
            assertThat(home.resolve("keys/log.next.p12")).doesNotExist();
        }
    }

    @Test
    void aChangeOfKeysThatWasDecidedComesAboutAtTheNextStart() {
        open().close();
        database.jdbi().useHandle(handle -> handle.execute("INSERT INTO compliance.rotation_wanted DEFAULT VALUES"));

        try (LogFixture again = open()) {
            receiptInShard(again, 2);
            assertThat(again.log().entries("2026-2", 1, 1).getFirst().type()).isEqualTo(EntryType.KEY_CHANGED);
        }
    }
}
