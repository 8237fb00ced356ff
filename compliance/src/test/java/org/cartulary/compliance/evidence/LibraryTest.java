package org.cartulary.compliance.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.cartulary.compliance.durable.DurableFiles;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.testing.PostgresExtension;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LibraryTest {
    private static final long BYTES = 1024 * 1024;

    private final Jdbi jdbi = PostgresExtension.database("compliance");

    @TempDir
    private Path home;

    /** A log with a library whose size is given, and what stops it. */
    private record House(Jdbi jdbi, Path home, DataKeys keys, EvidenceLog log) implements AutoCloseable {
        static House open(Jdbi jdbi, Path home, long bytes) {
            DataKeys keys = DataKeys.open(home);
            return new House(
                    jdbi,
                    home,
                    keys,
                    EvidenceLog.open(
                            jdbi, keys, home, Clock.systemUTC(), new EvidencePolicy(Profile.PSEUDONYMOUS, bytes)));
        }

        long append(EntryType type, long number, Map<String, Object> clear, Map<String, Object> sealed) {
            return jdbi.inTransaction(handle -> log.append(handle, LogFixture.draft(type, number, clear, sealed)));
        }

        long number() {
            return jdbi.inTransaction(log::nextNumber);
        }

        /** Files of the log can no longer be written; it finds out when it has some to write. */
        void stopLog() throws IOException {
            Files.createDirectories(obstacle());
            Files.writeString(obstacle().resolve("in-the-way"), "");
            append(EntryType.STARTED, number(), Map.of("version", "0.1.0"), Map.of());
            await(() -> log.status().stoppedReason() != null);
        }

        void letLogGoOn() throws IOException {
            DurableFiles.deleteTree(obstacle());
            await(() -> log.status().stoppedReason() == null && log.library().notes() == 0);
        }

        private Path obstacle() {
            return home.resolve("log/.checkpoint.tmp");
        }

        long search(String words) {
            long number = number();
            long asked = append(EntryType.ASKED, number, Map.of("act", "search"), Map.of("question", words));
            append(EntryType.RETRIEVED, number, Map.of("hits", 3L), Map.of("hits", List.of(1, 2.5, "three")));
            long ended = append(EntryType.ANSWERED, number, Map.of("reason", "found"), Map.of());
            assertThat(asked).isEqualTo(ended).isZero();
            return number;
        }

        @Override
        public void close() {
            log.close();
            keys.close();
        }
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static List<String> entries(House house, long number) {
        return house.log().entries(0, EvidenceLog.MAX_LISTED).stream()
                .filter(entry -> entry.number() == number)
                .map(entry -> entry.type().wireName())
                .toList();
    }

    @Test
    void whatIsSearchedWhileTheLogIsStoppedIsInTheLogAfterwardsWithTheTimeOfThen() throws IOException {
        try (House open = House.open(jdbi, home, BYTES)) {
            open.stopLog();
            assertThat(open.log().library().open()).isTrue();
            open.log().requireLibrary();
            long number = open.search("Wie reinige ich die Pumpe?");
            long signIn = open.number();
            open.append(EntryType.SIGNED_IN, signIn, Map.of(), Map.of("failuresBefore", 0));
            assertThat(open.log().library().notes()).isEqualTo(4);

            open.letLogGoOn();

            await(() ->
                    entries(open, number).size() == 3 && entries(open, signIn).size() == 1);
            assertThat(entries(open, number)).containsExactly("asked", "retrieved", "answered");
            List<OpenedEntry> opened = jdbi.inTransaction(handle -> open.log().opened(handle, number));
            assertThat(opened)
                    .allSatisfy(entry -> assertThat(entry.clear().path("noted").asText())
                            .matches("[-0-9]{10}T[:0-9]{8}\\.[0-9]{6}Z")
                            .isLessThan(entry.clear().path("time").asText()));
            assertThat(opened.getFirst().sealed().orElseThrow().path("question").asText())
                    .isEqualTo("Wie reinige ich die Pumpe?");
            assertThat(opened.get(1).sealed().orElseThrow().path("hits").toString())
                    .isEqualTo("[1,2.5,\"three\"]");
            assertThat(open.log().receiptOf(number)).isPresent();
        }
    }

    @Test
    void nothingIsAnsweredFromTheLibrary() throws IOException {
        try (House open = House.open(jdbi, home, BYTES)) {
            long begun = open.number();
            open.append(EntryType.ASKED, begun, Map.of("act", "search"), Map.of());
            open.stopLog();
            assertThatExceptionOfType(EvidenceUnavailable.class)
                    .isThrownBy(() -> open.append(EntryType.ASKED, open.number(), Map.of("act", "ask"), Map.of()));
            // What the log has begun the spool does not go on with.
            assertThatExceptionOfType(EvidenceUnavailable.class)
                    .isThrownBy(() -> open.append(EntryType.RETRIEVED, begun, Map.of("hits", 1L), Map.of()));
            assertThatExceptionOfType(EvidenceUnavailable.class)
                    .isThrownBy(() -> open.append(EntryType.RIGHTS_CHANGED, open.number(), Map.of(), Map.of()));
            assertThatExceptionOfType(EvidenceUnavailable.class)
                    .isThrownBy(() -> open.log().requireWritable());
            open.letLogGoOn();
        }
    }

    @Test
    void theLibraryIsClosedWithoutAPolicyAndWhereItsSpoolIsFull() throws IOException {
        try (House closed = House.open(jdbi, home, 0)) {
            closed.stopLog();
            assertThatExceptionOfType(EvidenceUnavailable.class)
                    .isThrownBy(() -> closed.log().requireLibrary());
            closed.letLogGoOn();
        }
        assertThat(home.resolve("library.spool")).doesNotExist();
        try (House open = House.open(jdbi, home, BYTES)) {
            open.stopLog();
            int searched = 0;
            while (open.log().library().open()) {
                open.search(noise(20_000));
                searched++;
            }
            assertThat(searched).isBetween(10, 100);
            assertThatExceptionOfType(EvidenceUnavailable.class)
                    .isThrownBy(() -> open.log().requireLibrary());
            assertThatExceptionOfType(EvidenceUnavailable.class).isThrownBy(() -> open.search("one more"));
            open.letLogGoOn();
            assertThat(open.log().library().freeBytes()).isEqualTo(BYTES - 64);
        }
        assertThat(home.resolve("library.spool")).hasSize(BYTES);
    }

    @Test
    void whatWasNotedSurvivesACrashAndIsBroughtInOnce() throws IOException {
        long whole;
        long cut;
        Path copy = home.resolveSibling(home.getFileName() + "-spool");
        try (House open = House.open(jdbi, home, BYTES)) {
            open.stopLog();
            whole = open.search("Before the crash");
            cut = open.number();
            open.append(EntryType.ASKED, cut, Map.of("act", "open"), Map.of());
            Files.copy(home.resolve("library.spool"), copy);
        }
        DurableFiles.deleteTree(home.resolve("log/.checkpoint.tmp"));
        for (int start = 0; start < 2; start++) {
            try (House again = House.open(jdbi, home, 0)) {
                await(() -> again.log().library().notes() == 0);
                await(() -> entries(again, cut).size() == 2);
                assertThat(entries(again, whole)).containsExactly("asked", "retrieved", "answered");
                assertThat(entries(again, cut)).containsExactly("asked", "interrupted");
            }
            // As if the crash had come after the last commit, and before the spool was cleared.
            Files.copy(copy, home.resolve("library.spool"), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.delete(copy);
    }

    @Test
    void aNoteThatWasCutOffOrBentIsTheEndOfTheSpool() throws IOException {
        try (House open = House.open(jdbi, home, BYTES)) {
            open.stopLog();
            open.search("Whole");
            open.search("Bent");
        }
        Path file = home.resolve("library.spool");
        byte[] bytes = Files.readAllBytes(file);
        int last = bytes.length - 1;
        while (bytes[last] == 0) {
            last--;
        }
        bytes[last] ^= 1;
        Files.write(file, bytes);
        try (House again = House.open(jdbi, home, BYTES)) {
            assertThat(again.log().library().notes()).isEqualTo(5);
        }
        Files.write(file, "something else".getBytes(StandardCharsets.US_ASCII));
        assertThatExceptionOfType(EvidenceUnavailable.class)
                .isThrownBy(() -> House.open(jdbi, home, BYTES))
                .withMessageContaining("library.spool");
    }

    /** Which does not deflate. */
    private static String noise(int length) {
        return new Random(length)
                .ints(length, 0x4e00, 0x9fa5)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
