package org.cartulary.compliance.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.cartulary.compliance.bundle.BundleExporter;
import org.cartulary.compliance.evidence.EntrySummary;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceUnavailable;
import org.cartulary.compliance.evidence.LogFixture;
import org.cartulary.compliance.evidence.Receipt;
import org.cartulary.compliance.evidence.Restoration;
import org.cartulary.compliance.evidence.Selection;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.testing.PostgresExtension;
import org.cartulary.compliance.testing.TestDatabase;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log and a real witness, in another process and out of a jar that shares no code with it. */
class WitnessesTest {
    private static final Duration NEVER = Duration.ofDays(1);

    private final TestDatabase database = PostgresExtension.open("compliance");
    private final Jdbi jdbi = database.jdbi();

    @TempDir
    private Path home;

    @TempDir
    private Path desk;

    private LogFixture fixture;
    private WitnessMachine machine;

    @BeforeEach
    void open() throws IOException {
        fixture = LogFixture.open(jdbi, home);
        machine = WitnessMachine.that(desk, fixture.log().vkey());
        entries(5);
    }

    @AfterEach
    void close() {
        machine.close();
        fixture.close();
    }

    @Test
    void aReceiptCarriesTheWitnessesSignaturesOnALaterCallAndVerifiesByPolicy() throws IOException {
        String policy = machine.policy(fixture.log().vkey(), "");
        long id = fixture.append(EntryType.ASKED, Map.of("act", "ask"), Map.of("question", "Who pays?"));
        Receipt atOnce = fixture.receipt(id);
        assertThat(verifies(atOnce, policy)).isFalse();
        assertThat(machine.output()).contains("none of a known witness");

        Witnesses witnesses = witnesses(policy);
        Witnesses.Accepted accepted = witnesses.accept(machine.cosign(witnesses.submission(null)), Principal.CONSOLE);
        assertThat(accepted).isEqualTo(new Witnesses.Accepted(atOnce.index() + 1, accepted.witnesses(), true));
        assertThat(accepted.witnesses()).containsExactly("classic", "quantum");

        Receipt later = fixture.receipt(id);
        assertThat(later.proof()).startsWith(atOnce.proof()).contains("— ward.example/w1 ");
        assertThat(verifies(later, policy)).as(machine.output()).isTrue();
        assertThat(witnesses.status().last())
                .hasValueSatisfying(last -> assertThat(last.size()).isEqualTo(atOnce.index() + 1));
    }

    @Test
    void cosigningIsAnEntryThatNeedsNoCosigningItself() throws IOException {
        Witnesses witnesses = witnesses(machine.policy(fixture.log().vkey(), machine.serve()));
        witnesses.askAll();
        assertThat(witnesses.status().troubles()).isEmpty();
        fixture.receipt(lastId());
        assertThat(fixture.log().entries(5, 10))
                .extracting(EntrySummary::type)
                .containsExactly(EntryType.CHECKPOINT_WITNESSED);
        witnesses.askAll();
        assertThat(witnesses.status().last()).map(Witnessed::size).hasValue(5L);
        entries(3);
        witnesses.askAll();
        assertThat(witnesses.status().last()).map(Witnessed::size).hasValue(9L);
    }

    @Test
    void theNextShardIsSignedByWitnessesThatKnowTheLog() throws IOException {
        String vkey = fixture.log().vkey();
        String carried = machine.cosign(witnesses(machine.policy(vkey, "")).submission(null));
        Witnesses witnesses = witnesses(machine.policy(vkey, machine.serve()));
        fixture.log().beginShard(Duration.ofSeconds(30));
        witnesses.askAll();

        assertThat(witnesses.status().troubles()).isEmpty();
        assertThat(witnesses.status().last())
                .hasValueSatisfying(last -> assertThat(last.shard()).isEqualTo(2));
        assertThat(Files.exists(home.resolve("log/witnessed"))).isTrue();
        assertThat(witnesses.accept(carried, Principal.CONSOLE).quorum())
                .as("what was carried over the turn of the year still counts")
                .isTrue();
    }

    @Test
    void theyGoOnWithALogThatAnOlderCopyOfItsDatabaseWasBroughtBackTo() throws IOException {
        String policy = machine.policy(fixture.log().vkey(), "");
        signed(jdbi, policy);
        TestDatabase copy = PostgresExtension.copy(database);
        entries(2);
        assertThat(signed(jdbi, policy).status().last()).map(Witnessed::size).hasValue(8L);
        Path kept = home.resolve("log/witnessed");
        String witnessed = Files.readString(kept);
        // What a witness showed on the way, and that this log holds.
        Files.copy(kept, home.resolve("log/contradiction"));
        fixture.close();
        try (DataKeys keys = DataKeys.open(home)) {
            new Restoration(copy.jdbi(), keys, home, Clock.systemUTC())
                    .carryOut(
                            new Restoration.Decision(
                                    new Principal("person:ada"), new Principal("person:olga"), "The disk died."),
                            (handle, number, plan) -> Map.of());
        }

        fixture = LogFixture.open(copy.jdbi(), home);
        String closed = fixture.log().shards().getFirst().name();
        assertThat(home.resolve("log").resolve(closed).resolve("contradiction")).doesNotExist();
        try (Witnesses after =
                new Witnesses(copy.jdbi(), fixture.log(), WitnessPolicy.parse(policy), Clock.systemUTC(), NEVER)) {
            after.start();
            assertThat(home.resolve("log").resolve(closed).resolve("witnessed")).hasContent(witnessed);
            fixture.log().witnessedNotes().forEach(note -> {
                Witnesses.Accepted _ = after.accept(note, Principal.CONSOLE);
            });
            assertThat(after.status().last()).map(Witnessed::size).hasValue(8L);
        }
        assertThat(signed(copy.jdbi(), policy).status().last())
                .hasValueSatisfying(last -> assertThat(last.shard()).isEqualTo(2));
    }

    /** After the witness signed what is published now. */
    private Witnesses signed(Jdbi in, String policy) throws IOException {
        Witnesses witnesses = new Witnesses(in, fixture.log(), WitnessPolicy.parse(policy), Clock.systemUTC(), NEVER);
        assertThat(witnesses
                        .accept(machine.cosign(witnesses.submission(null)), Principal.CONSOLE)
                        .quorum())
                .isTrue();
        return witnesses;
    }

    @Test
    void aCodeOfOneCosignatureIsEnoughToBringBack() throws IOException {
        Witnesses witnesses = witnesses(machine.policy(fixture.log().vkey(), ""));
        String signed = machine.cosign(witnesses.submission(null));
        String line = signed.lines()
                .filter(one -> one.startsWith("— ward.example/w1 "))
                .findFirst()
                .orElseThrow();
        String code = "cosigned 5\n" + line + "\n";
        assertThat(code).hasSizeLessThan(200);
        assertThat(witnesses.accept(code, Principal.CONSOLE).witnesses()).containsExactly("classic");
        assertThat(witnesses.status().last()).isEmpty();
        assertThat(witnesses.accept(signed, Principal.CONSOLE).quorum()).isTrue();
    }

    @Test
    void aWitnessThatIsGivenBothKeysOfALogGoesByTheFirst() throws IOException {
        machine.trust(fixture.log().vkey() + "\n" + Files.readString(home.resolve("log/log-ml-dsa-44.vkey")));
        assertThat(machine.output())
                .contains("trusts " + fixture.log().published().checkpoint().origin());
        assertThat(machine.output().lines()).hasSize(1);
        Witnesses witnesses = witnesses(machine.policy(fixture.log().vkey(), ""));
        String submission = witnesses.submission(null);
        assertThat(submission.lines().filter(line -> line.startsWith("— "))).hasSize(2);
        assertThat(witnesses
                        .accept(machine.cosign(submission), Principal.CONSOLE)
                        .quorum())
                .isTrue();
    }

    @Test
    void refusesWhatIsNotOfThisLogOrByNoWitness() throws IOException {
        Witnesses witnesses = witnesses(machine.policy(fixture.log().vkey(), ""));
        String signed = machine.cosign(witnesses.submission(null));
        refuses(witnesses, "hello", "neither");
        refuses(witnesses, "cosigned x\n— a b\n", "no size");
        refuses(witnesses, "cosigned 4000\n— a b\n", "no checkpoint of 4000");
        refuses(witnesses, signed.replace("— ward.example", "— yard.example"), "classic (ward.example/w1+");
        refuses(witnesses, signed.replaceFirst("cartulary.invalid", "another.invalid"), "of the log another.invalid");
        refuses(witnesses, signed.replaceFirst("\n5\n", "\n4\n"), "another root");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> witnesses.submission(6L))
                .withMessageContaining("5 published");
    }

    /** The newest ten witnessed entries, deleted by whoever owns machine and database, with an old copy of the log's files. */
    @Test
    void aWitnessShowsThatTheNewestEntriesWereDeleted() throws IOException {
        String policy = machine.policy(fixture.log().vkey(), machine.serve());
        Past past = past();
        entries(10);
        witnesses(policy).askAll();
        bringBack(past);
        fixture.appendStarted();
        Witnesses after = witnesses(policy);
        after.askAll();
        assertThatThrownBy(() -> fixture.log().requireWritable())
                .isInstanceOf(EvidenceUnavailable.class)
                .hasMessageContaining("The witness classic has a checkpoint of 15 entries")
                .hasMessageContaining("contradiction");
        Path proof = home.resolve("log/contradiction");
        assertThat(Files.readString(proof)).contains("\n15\n");

        fixture.close();
        assertThatThrownBy(() -> LogFixture.open(jdbi, home)).hasMessageContaining("log/contradiction");
        Files.delete(proof);
        fixture = LogFixture.open(jdbi, home);
    }

    @Test
    void aWitnessShowsThatHistoryWasWrittenAnew() throws IOException {
        String policy = machine.policy(fixture.log().vkey(), machine.serve());
        Past past = past();
        entries(10);
        witnesses(policy).askAll();
        bringBack(past);
        entries(30);
        witnesses(policy).askAll();
        assertThatThrownBy(() -> fixture.log().requireWritable()).hasMessageContaining("another root");
    }

    @Test
    void anOldDatabaseBesideAWitnessedCheckpointDoesNotStart() throws IOException {
        Past past = past();
        entries(10);
        Witnesses witnesses = witnesses(machine.policy(fixture.log().vkey(), ""));
        witnesses.accept(machine.cosign(witnesses.submission(null)), Principal.CONSOLE);
        String witnessed = Files.readString(home.resolve("log/witnessed"));
        fixture.close();
        past.bringBack(jdbi, home);
        Files.writeString(home.resolve("log/witnessed"), witnessed);
        assertThatThrownBy(() -> LogFixture.open(jdbi, home)).hasMessageContaining("witnesses signed it at 15");
        Files.delete(home.resolve("log/witnessed"));
        fixture = LogFixture.open(jdbi, home);
    }

    @Test
    void whoeverAnswersInAWitnessesPlaceStopsNothing() throws IOException {
        String address = machine.serve();
        String policy = machine.policy(fixture.log().vkey(), address + "/elsewhere");
        Witnesses witnesses = witnesses(policy);
        witnesses.askAll();
        assertThat(witnesses.status().troubles()).containsOnlyKeys("classic");
        fixture.log().requireWritable();
        assertThat(fixture.log().stopIfContradictedBy("nonsense", "A stranger")).isFalse();
        fixture.log().requireWritable();
    }

    private void refuses(Witnesses witnesses, String carried, String because) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> witnesses.accept(carried, Principal.CONSOLE))
                .withMessageContaining(because);
    }

    @Test
    void aBundleEndsAtTheWitnessedCheckpointAndCarriesTheirSignatures() throws IOException {
        String policy = machine.policy(fixture.log().vkey(), "");
        Files.writeString(desk.resolve("policy"), policy);
        BundleExporter exporter = new BundleExporter(fixture.log(), Clock.systemUTC());
        Path zip = desk.resolve("bundle.zip");
        Witnesses witnesses = witnesses(policy);
        long witnessed = witnesses
                .accept(machine.cosign(witnesses.submission(null)), Principal.CONSOLE)
                .size();
        entries(3);

        exporter.export(zip, null, Selection.range(0L, 2L), BundleExporter.End.WITNESSED_WHERE_ENOUGH);
        assertThat(machine.run("verify", "bundle.zip", "--key", "policy"))
                .as(machine.output())
                .isZero();
        assertThat(machine.output()).contains("held at " + witnessed + " entries", "ward.example/w1");
        exporter.export(zip, null, Selection.ALL, BundleExporter.End.WITNESSED);
        assertThat(machine.run("verify", "bundle.zip", "--key", "policy"))
                .as(machine.output())
                .isZero();
        assertThat(machine.output()).contains(witnessed + " of them disclosed", "--witnessed");
        exporter.export(zip, null, Selection.ALL, BundleExporter.End.WITNESSED_WHERE_ENOUGH);
        assertThat(machine.run("verify", "bundle.zip", "--key", "policy")).isEqualTo(1);
        assertThat(machine.output()).contains("cosignatures of the quorum");
    }

    private Witnesses witnesses(String policy) {
        return new Witnesses(jdbi, fixture.log(), WitnessPolicy.parse(policy), Clock.systemUTC(), NEVER);
    }

    private boolean verifies(Receipt receipt, String policy) throws IOException {
        Files.writeString(desk.resolve("r.tlog-proof"), receipt.proof());
        Files.writeString(desk.resolve("r.json"), receipt.recordJson());
        Files.writeString(desk.resolve("policy"), policy);
        return machine.run("verify-receipt", "r.tlog-proof", "--record", "r.json", "--key", "policy") == 0;
    }

    private void entries(int count) {
        for (int i = 0; i < count; i++) {
            fixture.receipt(fixture.appendStarted());
        }
    }

    private long lastId() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT max(id) FROM compliance.entry")
                .mapTo(Long.class)
                .one());
    }

    private Past past() throws IOException {
        fixture.awaitFiles();
        return Past.of(jdbi, home);
    }

    private void bringBack(Past past) throws IOException {
        fixture.close();
        past.bringBack(jdbi, home);
        fixture = LogFixture.open(jdbi, home);
    }

    /** An old copy of the log's files and of the head of its tree in the database. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Past(long size, byte[] frontier, Map<Path, byte[]> files) {
        static Past of(Jdbi jdbi, Path home) throws IOException {
            Map<Path, byte[]> files = new TreeMap<>();
            try (var all = Files.walk(home.resolve("log"))) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    files.put(file, Files.readAllBytes(file));
                }
            }
            return jdbi.withHandle(handle -> handle.createQuery("SELECT size, frontier FROM compliance.shard")
                    .map((row, context) -> new Past(row.getLong("size"), row.getBytes("frontier"), files))
                    .one());
        }

        /** Leaves no trace of what came after. */
        void bringBack(Jdbi jdbi, Path home) throws IOException {
            jdbi.useTransaction(handle -> {
                handle.execute("DELETE FROM compliance.witnessed WHERE size > ?", size);
                handle.execute("DELETE FROM compliance.cosignature WHERE size > ?", size);
                handle.execute("DELETE FROM compliance.entry WHERE tree_index IS NULL OR tree_index >= ?", size);
                handle.execute("DELETE FROM compliance.checkpoint WHERE size > ?", size);
                handle.execute("UPDATE compliance.shard SET size = ?, frontier = ?", size, frontier);
            });
            try (var all = Files.walk(home.resolve("log"))) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            }
            for (Map.Entry<Path, byte[]> file : files.entrySet()) {
                Files.write(file.getKey(), file.getValue());
            }
        }
    }
}
