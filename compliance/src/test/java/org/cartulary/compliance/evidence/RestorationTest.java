package org.cartulary.compliance.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.cartulary.compliance.bundle.BundleExporter;
import org.cartulary.compliance.canonical.CanonicalJson;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.testing.PostgresExtension;
import org.cartulary.compliance.testing.TestDatabase;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An older copy of the database is put in place while the log directory and the keys have gone on. */
class RestorationTest {
    private static final Restoration.Decision DECISION = new Restoration.Decision(
            new Principal("person:ada"), new Principal("person:olga"), "The disk of the database died.");
    private static final UUID COLLECTION = UUID.fromString("0198a1b2-0000-7000-8000-000000000001");
    private static final UUID KEPT = UUID.fromString("0198a1b2-0000-7000-8000-000000000002");
    private static final UUID ADDED = UUID.fromString("0198a1b2-0000-7000-8000-000000000003");
    private static final UUID BRIEF = UUID.fromString("0198a1b2-0000-7000-8000-000000000004");

    private final TestDatabase newest = PostgresExtension.open("compliance");

    @TempDir
    private Path home;

    @TempDir
    private Path desk;

    /** The halt of a process, as far as it shows in the database and on disk. */
    private static final class Halt extends Error {}

    private LogFixture open(TestDatabase database) {
        return LogFixture.open(database.jdbi(), home);
    }

    private RestorePlan restore(TestDatabase database) {
        return restore(database, (handle, number, plan) -> Map.of("sessionsEnded", 3L));
    }

    private RestorePlan restore(TestDatabase database, Restoration.Alongside alongside) {
        try (DataKeys keys = DataKeys.open(home)) {
            return restoration(database, keys).carryOut(DECISION, alongside);
        }
    }

    private RestorePlan plan(TestDatabase database) {
        try (DataKeys keys = DataKeys.open(home)) {
            return restoration(database, keys).plan((handle, plan) -> plan);
        }
    }

    private Restoration restoration(TestDatabase database, DataKeys keys) {
        return new Restoration(database.jdbi(), keys, home, Clock.systemUTC());
    }

    private static long question(LogFixture fixture, String text) {
        long number = fixture.newNumber();
        fixture.append(EntryType.ASKED, number, Map.of("act", "ask"), Map.of("question", text));
        fixture.receipt(fixture.append(EntryType.ANSWERED, number, Map.of(), Map.of("answer", "Ja.")));
        return number;
    }

    private static long document(LogFixture fixture, EntryType type, UUID document) {
        return fixture.append(
                type,
                Map.of("document", document.toString(), "collection", COLLECTION.toString()),
                Map.of("path", "plan.txt"));
    }

    /** What there is before the copy is made. */
    private long begin(LogFixture fixture) {
        document(fixture, EntryType.DOCUMENT_ADDED, KEPT);
        return question(fixture, "Wer?");
    }

    /** What happens after it. */
    private List<Receipt> goOn(LogFixture fixture) {
        List<Receipt> receipts = new ArrayList<>();
        newest.jdbi().useTransaction(handle -> {
            for (int i = 0; i < 300; i++) {
                long number = fixture.log().nextNumber(handle);
                long _ = fixture.log()
                        .append(handle, LogFixture.draft(EntryType.STARTED, number, Map.of("version", "1"), Map.of()));
            }
        });
        document(fixture, EntryType.DOCUMENT_ADDED, ADDED);
        document(fixture, EntryType.DOCUMENT_ADDED, BRIEF);
        document(fixture, EntryType.DOCUMENT_DELETED, BRIEF);
        document(fixture, EntryType.DOCUMENT_DELETED, KEPT);
        fixture.append(EntryType.RIGHTS_CHANGED, Map.of("policyVersion", 9L), Map.of("act", "end"));
        long asked = fixture.newNumber();
        receipts.add(fixture.receipt(
                fixture.append(EntryType.ASKED, asked, Map.of("act", "ask"), Map.of("question", "Wann?"))));
        return receipts;
    }

    private static JsonNode leaf(LogFixture fixture, String shard, long index) {
        JsonNode record = CanonicalJson.parse(
                fixture.log().published(shard).recordJson(index).getBytes(StandardCharsets.UTF_8));
        return CanonicalJson.parse(Base64.getDecoder().decode(record.get("leaf").asText()));
    }

    private static List<OpenedEntry> opened(LogFixture fixture, TestDatabase database, long number) {
        return database.jdbi().inTransaction(handle -> fixture.log().opened(handle, number));
    }

    private static long count(TestDatabase database, String from) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM compliance." + from)
                        .mapTo(Long.class)
                        .one());
    }

    private void assertRefused(TestDatabase database, String... words) {
        assertThatExceptionOfType(RestoreRefused.class)
                .isThrownBy(() -> restore(database))
                .satisfies(refused -> assertThat(refused.getMessage()).contains(words));
    }

    @Test
    void theLogGoesOnInAShardWhoseFirstEntriesSayWhatWasDone() throws Exception {
        long before;
        TestDatabase copy;
        List<Receipt> receipts;
        try (LogFixture fixture = open(newest)) {
            before = begin(fixture);
            copy = PostgresExtension.copy(newest);
            receipts = goOn(fixture);
        }
        assertThatExceptionOfType(EvidenceUnavailable.class)
                .isThrownBy(() -> open(copy))
                .withMessageContaining("old copy of the database");
        RestorePlan foreseen = plan(copy);
        assertThat(count(copy, "restoration")).isZero();
        assertThat(count(copy, "entry")).isEqualTo(3);
        assertThat(restore(copy)).isEqualTo(foreseen);
        assertThat(foreseen.database().size()).isEqualTo(3);
        assertThat(foreseen.published().size()).isEqualTo(309);
        assertThat(foreseen.entries()).isEqualTo(306);
        assertThat(foreseen.payloads()).isEqualTo(6);
        assertThat(foreseen.documentsLost())
                .extracting(RestorePlan.LostDocument::document)
                .containsExactly(ADDED);
        assertThat(foreseen.documentsDeleted()).containsExactly(BRIEF, KEPT);
        assertThat(foreseen.changesLost())
                .extracting(RestorePlan.LostChange::type)
                .containsExactly(EntryType.RIGHTS_CHANGED);
        long asked = receipts.getFirst().number();
        assertThat(foreseen.openQuestions()).containsExactly(asked);

        try (LogFixture fixture = open(copy)) {
            List<Shard> shards = fixture.log().shards();
            String next = shards.getLast().name();
            assertThat(shards).hasSize(2);
            assertThat(fixture.log().entries(next, 0, 10))
                    .extracting(EntrySummary::type)
                    .containsExactly(
                            EntryType.SHARD_OPENED,
                            EntryType.ACT_REQUESTED,
                            EntryType.RESTORED,
                            EntryType.ACT_EXECUTED);
            JsonNode restored = leaf(fixture, next, 2);
            assertThat(restored.path("predecessor").asText())
                    .isEqualTo(shards.getFirst().origin());
            assertThat(restored.path("size").asLong()).isEqualTo(309);
            assertThat(restored.path("databaseSize").asLong()).isEqualTo(3);
            assertThat(leaf(fixture, next, 0).path("size").asLong()).isEqualTo(310);
            assertThat(leaf(fixture, next, 0).path("open").get(0).asLong()).isEqualTo(asked);
            List<OpenedEntry> act = copy.jdbi()
                    .inTransaction(handle ->
                            fixture.log().opened(handle, restored.path("number").asLong()));
            assertThat(act.get(1).sealed().orElseThrow().path("sessionsEnded").asLong())
                    .isEqualTo(3);
            assertThat(act.get(1).sealed().orElseThrow().path("reason").asText())
                    .isEqualTo(DECISION.reason());
            // What the copy had is whole; of what came back the leaf is there, and nothing else.
            assertThat(opened(fixture, copy, before))
                    .allSatisfy(entry -> assertThat(entry.sealed()).isPresent());
            assertThat(opened(fixture, copy, asked))
                    .allSatisfy(entry -> assertThat(entry.sealed()).isEmpty());
            assertThat(fixture.log().interruptedQuestions()).containsExactly(asked);
            fixture.append(EntryType.INTERRUPTED, asked, Map.of(), Map.of());
            assertThat(question(fixture, "Und nun?")).isGreaterThan(100_000);
            assertThat(count(copy, "entry WHERE tree_index IS NULL")).isZero();
            assertThat(count(copy, "policy WHERE version = 10")).isEqualTo(1);
            assertBundlesVerify(fixture, shards.getFirst().name(), next);
            assertThat(copy.jdbi().withHandle(Restoration::unfinished))
                    .hasValueSatisfying(begun -> assertThat(begun.recorded()).isTrue());
            copy.jdbi()
                    .useTransaction(handle ->
                            Restoration.finish(handle, Clock.systemUTC().instant()));
            assertThat(copy.jdbi().withHandle(Restoration::unfinished)).isEmpty();
        }
        assertVerifies(receipts);
        try (LogFixture again = open(copy)) {
            assertThat(again.log().shards()).hasSize(2);
        }
        assertRefused(copy, "not behind");
    }

    /** Of the shard that lost payloads, and of the one that begins with the restore. */
    private void assertBundlesVerify(LogFixture fixture, String... shards) throws IOException {
        for (String shard : shards) {
            PublishedLog published = fixture.log().published(shard);
            new BundleExporter(fixture.log(), Clock.systemUTC())
                    .export(
                            desk.resolve("bundle.zip"),
                            published,
                            0,
                            published.checkpoint().size());
            Files.writeString(desk.resolve("key"), published.shard().vkey() + "\n");
            assertThat(verifier("verify", "bundle.zip", "--key", "key")).isNotEmpty();
        }
    }

    private void assertVerifies(List<Receipt> receipts) throws Exception {
        Path log = home.resolve("log");
        assertThat(verifier(
                        "fsck", log.toString(), "--key", log.resolve("log.vkey").toString()))
                .contains("an older copy of the database was brought back", "1 links");
        try (Stream<Path> closed = Files.list(log)) {
            Path old = closed.filter(path -> Files.exists(path.resolve("log.vkey")))
                    .findFirst()
                    .orElseThrow();
            for (Receipt receipt : receipts) {
                Files.writeString(desk.resolve("1.tlog-proof"), receipt.proof());
                Files.writeString(desk.resolve("1.json"), receipt.recordJson());
                verifier(
                        "verify-receipt",
                        "1.tlog-proof",
                        "--record",
                        "1.json",
                        "--key",
                        old.resolve("log.vkey").toString());
            }
        }
    }

    private String verifier(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.cartulary.verifier.Main"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(desk.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue()).as(output).isZero();
        return output;
    }

    @Test
    void anEntryThatWaitedInTheCopyKeepsItsPayloadAndStandsOnce() {
        TestDatabase copy;
        try (LogFixture fixture = open(newest)) {
            begin(fixture);
            long waiting = fixture.append(EntryType.CONFIGURATION_CHANGED, Map.of(), Map.of("change", "kept"));
            fixture.receipt(waiting);
            goOn(fixture);
            copy = PostgresExtension.copy(newest);
            // As if the copy had been made between its commit and its place in the tree.
            rewind(copy.jdbi(), 4, waiting);
        }
        RestorePlan plan = restore(copy);

        assertThat(plan.changesLost())
                .extracting(RestorePlan.LostChange::type)
                .containsExactly(EntryType.RIGHTS_CHANGED);
        try (LogFixture fixture = open(copy)) {
            List<OpenedEntry> found = copy.jdbi()
                    .inTransaction(handle -> fixture.log()
                            .opened(
                                    handle,
                                    handle.createQuery(
                                                    "SELECT number FROM compliance.entry WHERE type = 'configuration-changed'")
                                            .mapTo(Long.class)
                                            .one()));
            assertThat(found).hasSize(1);
            assertThat(found.getFirst().sealed().orElseThrow().path("change").asText())
                    .isEqualTo("kept");
            assertThat(found.getFirst().index()).isEqualTo(3);
        }
    }

    @Test
    void anEntryOfTheCopyThatWasNeverPublishedGetsAPlaceBeforeTheShardIsClosed() {
        TestDatabase copy;
        try (LogFixture fixture = open(newest)) {
            begin(fixture);
            copy = PostgresExtension.copy(newest);
            goOn(fixture);
        }
        // Written into the copy by a process that was stopped before its integrator came to it.
        copy.jdbi().useHandle(handle -> handle.execute("""
                INSERT INTO compliance.entry (id, shard, number, type, recorded_at, actor, leaf, leaf_hash)
                SELECT nextval('compliance.entry_id'), shard, nextval('compliance.number'), 'stopped', recorded_at, actor,
                    convert_to(replace(convert_from(leaf, 'UTF8'), 'answered', 'stopped'), 'UTF8'),
                    sha256('\\x00' || convert_to(replace(convert_from(leaf, 'UTF8'), 'answered', 'stopped'), 'UTF8'))
                FROM compliance.entry WHERE type = 'answered'"""));
        RestorePlan plan = restore(copy);

        assertThat(plan.published().size()).isEqualTo(309);
        try (LogFixture fixture = open(copy)) {
            assertThat(fixture.log().entries(fixture.log().shards().getFirst().name(), 309, 5))
                    .extracting(EntrySummary::type)
                    .containsExactly(EntryType.STOPPED, EntryType.SHARD_CLOSED);
        }
    }

    @Test
    void shardsAndKeysThatBeganSinceAreFollowed() {
        TestDatabase copy;
        try (LogFixture fixture = open(newest)) {
            begin(fixture);
            copy = PostgresExtension.copy(newest);
            goOn(fixture);
            newest.jdbi().useTransaction(fixture.log()::rotateKeys);
            fixture.log().beginShard(LogFixture.PATIENCE);
            question(fixture, "Und jetzt?");
            fixture.log().beginShard(LogFixture.PATIENCE);
            question(fixture, "Und dann?");
        }
        assertThatExceptionOfType(EvidenceUnavailable.class)
                .isThrownBy(() -> open(copy))
                .withMessageContaining("cartulary restore");
        RestorePlan plan = restore(copy);

        assertThat(plan.published().origin()).endsWith("-3");
        try (LogFixture fixture = open(copy)) {
            assertThat(fixture.log().shards()).hasSize(4);
            assertThat(leaf(fixture, fixture.log().shards().getLast().name(), 2)
                            .path("databaseOrigin")
                            .asText())
                    .isEqualTo(fixture.log().shards().getFirst().origin());
            question(fixture, "Weiter?");
            assertThat(count(copy, "rotation_wanted")).isZero();
        }
    }

    @Test
    void aShardThatWasNamedAndNeverPublishedIsOpenedAgain() {
        TestDatabase copy;
        try (LogFixture fixture = open(newest)) {
            begin(fixture);
            copy = PostgresExtension.copy(newest);
            goOn(fixture);
        }
        // The process ends after the last entry of the shard was published, before its files have moved.
        assertThatExceptionOfType(EvidenceUnavailable.class).isThrownBy(() -> {
            try (LogFixture fixture = LogFixture.open(newest.jdbi(), home, haltAt(Step.SHARD_PUBLISHED))) {
                fixture.log().beginShard(LogFixture.PATIENCE);
            }
        });
        RestorePlan plan = restore(copy);

        assertThat(plan.published().size()).isEqualTo(310);
        try (LogFixture fixture = open(copy)) {
            assertThat(fixture.log().shards()).hasSize(3);
            question(fixture, "Weiter?");
        }
    }

    private static java.util.function.Consumer<Step> haltAt(Step step) {
        return reached -> {
            if (reached == step) {
                throw new Halt();
            }
        };
    }

    @Test
    void aPayloadWhoseKeyWasDestroyedSinceStaysDestroyed() {
        TestDatabase copy;
        try (LogFixture fixture = open(newest)) {
            begin(fixture);
            copy = PostgresExtension.copy(newest);
            goOn(fixture);
            fixture.keys().destroy(1);
        }
        assertThat(restore(copy).payloadsDestroyed()).isEqualTo(1);
        assertThat(count(copy, "entry WHERE key_id = 1 AND octet_length(payload) = 0"))
                .isEqualTo(1);
    }

    @Test
    void aShardThatWasDestroyedSinceStaysDestroyed() {
        TestDatabase copy;
        try (LogFixture fixture = open(newest)) {
            begin(fixture);
            fixture.log().beginShard(LogFixture.PATIENCE);
            question(fixture, "Und nun?");
            copy = PostgresExtension.copy(newest);
            Shard first = fixture.log().shards().getFirst();
            Disposal disposal = fixture.log().disposal();
            newest.jdbi().useTransaction(handle -> {
                Exempt nothing = new Exempt(List.of(), List.of(), List.of(), List.of());
                assertThat(disposal.shard(handle, first, nothing)).isTrue();
            });
            fixture.append(EntryType.SHARD_DESTROYED, Map.of("predecessor", first.origin(), "size", 4L), Map.of());
            disposal.finishShards();
            disposal.destroyKeys();
        }
        assertThat(restore(copy).shardsDestroyed()).hasSize(1);
        try (LogFixture fixture = open(copy)) {
            assertThat(fixture.log().shards()).hasSize(2);
            assertThat(count(copy, "entry WHERE shard = 1")).isZero();
            question(fixture, "Weiter?");
        }
    }

    @Test
    void anActThatWasDecidedSinceIsNotDecidedAgain() {
        TestDatabase copy;
        long number;
        try (LogFixture fixture = open(newest)) {
            begin(fixture);
            number = fixture.newNumber();
            long act = number;
            newest.jdbi().useHandle(handle -> handle.execute("""
                    INSERT INTO compliance.act (id, number, kind, parameters, reason, requested_by, requested_at, expires_at,
                        state)
                    VALUES (gen_random_uuid(), ?, 'give-compliance', '{}', 'because it is so', 'person:ada', now(),
                        now() + interval '7 days', 'requested')""", act));
            copy = PostgresExtension.copy(newest);
            fixture.receipt(
                    fixture.append(EntryType.ACT_REJECTED, number, Map.of("kind", "give-compliance"), Map.of()));
        }
        restore(copy);

        assertThat(count(copy, "act WHERE number = " + number + " AND state = 'rejected' AND decided_by = 'console'"))
                .isEqualTo(1);
    }

    @Test
    void aTransactionThatIsCutShortLeavesTheCopyAsItWas() {
        TestDatabase copy;
        try (LogFixture fixture = open(newest)) {
            begin(fixture);
            copy = PostgresExtension.copy(newest);
            goOn(fixture);
        }
        assertThatExceptionOfType(Halt.class)
                .isThrownBy(() -> restore(copy, (handle, number, plan) -> {
                    throw new Halt();
                }));
        assertThat(count(copy, "entry")).isEqualTo(3);
        assertThatExceptionOfType(EvidenceUnavailable.class)
                .isThrownBy(() -> open(copy))
                .withMessageContaining("old copy of the database");
        restore(copy);
        open(copy).close();
    }

    @Test
    void aStartThatIsCutShortAfterItIsMendedByTheNextOne() throws IOException {
        TestDatabase copy;
        try (LogFixture fixture = open(newest)) {
            begin(fixture);
            copy = PostgresExtension.copy(newest);
            goOn(fixture);
        }
        restore(copy);
        TestDatabase within = PostgresExtension.copy(copy);
        for (Step step : List.of(Step.SHARD_CLOSED, Step.SHARD_PUBLISHED, Step.SHARD_MOVED, Step.CHECKPOINT_WRITTEN)) {
            Path own = desk.resolve(step.name());
            copyTree(home, own);
            TestDatabase database = PostgresExtension.copy(copy);
            assertThatExceptionOfType(EvidenceUnavailable.class)
                    .isThrownBy(() -> LogFixture.open(database.jdbi(), own, haltAt(step)));
            try (LogFixture fixture = LogFixture.open(database.jdbi(), own)) {
                assertThat(fixture.log().shards()).as(step.name()).hasSize(2);
                assertThat(count(database, "entry WHERE type = 'restored'")).isEqualTo(1);
                question(fixture, "Weiter?");
            }
        }
        // A copy that was made within a restore is put in place after it.
        open(copy).close();
        assertThat(restore(within).published().origin()).endsWith("-2");
        open(within).close();
        assertThat(count(within, "entry WHERE type = 'restored'")).isEqualTo(2);
    }

    @Test
    void aForkIsNamedAndNothingIsChanged() throws IOException {
        begin();
        Path other = desk.resolve("other");
        copyTree(home, other);
        TestDatabase fork = PostgresExtension.copy(newest);
        try (LogFixture fixture = open(newest)) {
            goOn(fixture);
        }
        try (LogFixture fixture = LogFixture.open(fork.jdbi(), other)) {
            question(fixture, "Anders?");
        }
        assertRefused(fork, "fork", "at entry 5", "the database has the root");
        assertThat(count(fork, "entry")).isEqualTo(5);
    }

    private void begin() {
        try (LogFixture fixture = open(newest)) {
            begin(fixture);
        }
    }

    @Test
    void whatWitnessesSignedAndBothCopiesLackIsNotRestored() throws IOException {
        begin();
        TestDatabase copy = PostgresExtension.copy(newest);
        String witnessed;
        try (LogFixture fixture = open(newest)) {
            question(fixture, "Wo?");
            fixture.awaitFiles();
            copyTree(home.resolve("log"), desk.resolve("log"));
            question(fixture, "Wann?");
            fixture.awaitFiles();
            witnessed = Files.readString(home.resolve("log/checkpoint"));
        }
        Path elsewhere = home.resolve("newest");
        Files.move(home.resolve("log"), elsewhere);
        copyTree(desk.resolve("log"), home.resolve("log"));
        Files.writeString(home.resolve("log/witnessed"), witnessed);

        assertRefused(copy, "Witnesses signed this log at 7 entries", "ends at 5", "begin a new log in a new home");
    }

    @Test
    void anAlteredLogDirectoryIsNotBelieved() throws IOException {
        begin();
        TestDatabase copy = PostgresExtension.copy(newest);
        try (LogFixture fixture = open(newest)) {
            question(fixture, "Wo?");
        }
        Path bundle = home.resolve("log/tile/entries/000.p/5");
        byte[] bytes = Files.readAllBytes(bundle);
        byte[] altered = bytes.clone();
        int at = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("\"number\":") + 9;
        altered[at] = '7';
        Files.write(bundle, altered);
        assertRefused(copy, "do not give the signed root");
        Files.write(bundle, bytes);
        Path tile = home.resolve("log/tile/0/000.p/5");
        byte[] hashes = Files.readAllBytes(tile);
        hashes[0] ^= 1;
        Files.write(tile, hashes);
        assertRefused(copy, "published tiles", "altered");
    }

    @Test
    void anEmptyDatabaseAndOldKeysAreRefused() throws IOException {
        begin();
        assertRefused(PostgresExtension.open("compliance"), "database is empty");
        TestDatabase copy = PostgresExtension.copy(newest);
        copy.jdbi().useHandle(handle -> handle.execute("UPDATE compliance.entry SET key_id = 5000 WHERE key_id = 1"));
        assertRefused(copy, "data key 5000", "HOME/keys");
        Jdbi somebody = Jdbi.create(newest.url(), newest.user(), newest.password());
        somebody.useTransaction(handle -> {
            handle.execute("SELECT pg_advisory_xact_lock_shared(?)", Shards.APPENDING);
            assertRefused(newest, "Somebody writes to this database");
        });
    }

    /** Takes places away from an index on, as they were not given yet. */
    private static void rewind(Jdbi copy, long size, long waiting) {
        copy.useTransaction(handle -> {
            handle.execute("DELETE FROM compliance.entry WHERE tree_index >= ?", size);
            handle.execute("UPDATE compliance.entry SET tree_index = NULL WHERE id = ?", waiting);
            handle.execute("DELETE FROM compliance.checkpoint WHERE size > 3");
            List<byte[]> leaves = handle.createQuery(
                            "SELECT leaf_hash FROM compliance.entry WHERE tree_index IS NOT NULL ORDER BY tree_index")
                    .mapTo(byte[].class)
                    .list();
            handle.execute(
                    "UPDATE compliance.shard SET size = 3, frontier = ?",
                    org.cartulary.compliance.tlog.Frontier.EMPTY.plus(leaves).encoded());
        });
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.sorted().toList()) {
                Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
