package org.cartulary.compliance.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.cartulary.compliance.canonical.CanonicalJson;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.testing.PostgresExtension;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceLogTest {
    private static final Map<String, Object> ASK = Map.of("act", "ask");

    private final Jdbi jdbi = PostgresExtension.database("compliance");

    @TempDir
    private Path home;

    private LogFixture fixture;

    @BeforeEach
    void open() {
        fixture = LogFixture.open(jdbi, home);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aReceiptCarriesTheExactLeafItsPayloadAndSalts() {
        long id = fixture.append(EntryType.ASKED, ASK, Map.of("question", "What does the permit cost?"));
        Receipt receipt = fixture.receipt(id);
        var record = CanonicalJson.parse(receipt.recordJson().getBytes(StandardCharsets.UTF_8));
        var leaf = CanonicalJson.parse(
                Base64.getDecoder().decode(record.path("leaf").asText()));

        assertThat(receipt.index()).isZero();
        assertThat(leaf.path("type").asText()).isEqualTo("asked");
        assertThat(leaf.path("act").asText()).isEqualTo("ask");
        assertThat(leaf.path("number").asLong()).isEqualTo(receipt.number());
        assertThat(leaf.toString()).doesNotContain("permit").doesNotContain("console");
        assertThat(record.path("payload").path("question").asText()).isEqualTo("What does the permit cost?");
        assertThat(SaltedDigests.of(record)).isEqualTo(leaf.path("digests"));
    }

    @Test
    void theSameReceiptIsGivenAgainLaterByNumber() {
        long number = fixture.newNumber();
        fixture.append(EntryType.ASKED, number, ASK, Map.of("question", "q"));
        long ended = fixture.append(EntryType.ABSTAINED, number, Map.of("reason", "not-carried"), Map.of());
        Receipt first = fixture.receipt(ended);
        fixture.receipt(fixture.appendStarted());

        assertThat(fixture.log().receiptOf(number)).contains(first);
    }

    @Test
    void aDestroyedDataKeyTakesThePayloadAndLeavesTheProof() {
        long id = fixture.append(EntryType.ASKED, ASK, Map.of("question", "secret"));
        Receipt before = fixture.receipt(id);
        long keyId = jdbi.withHandle(handle -> handle.createQuery("SELECT key_id FROM compliance.entry WHERE id = :id")
                .bind("id", id)
                .mapTo(Long.class)
                .one());
        fixture.keys().destroy(keyId);
        Receipt after = fixture.receipt(id);

        assertThat(after.proof()).isEqualTo(before.proof());
        assertThat(after.recordJson()).contains("\"payload\":null").contains("\"salts\":{}");
    }

    @Test
    void aRolledBackEntryLeavesNoTrace() {
        fixture.receipt(fixture.appendStarted());
        jdbi.useTransaction(handle -> {
            fixture.log().append(handle, LogFixture.draft(EntryType.STOPPED, 900, Map.of(), Map.of()));
            handle.rollback();
        });
        fixture.receipt(fixture.appendStarted());

        assertThat(fixture.log().entries(0, 10)).extracting(EntrySummary::type).containsOnly(EntryType.STARTED);
        assertThat(fixture.log().status().size()).isEqualTo(2);
    }

    @Test
    void appendRefusesAClearFieldThatTheSchemaDoesNotList() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fixture.append(EntryType.ASKED, Map.of("question", "Who is ill?"), Map.of()))
                .withMessageContaining("\"question\"");
    }

    @Test
    void appendRefusesAClearFieldOfAnotherForm() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fixture.append(EntryType.FAILED, Map.of("reason", "Mrs Smith called"), Map.of()))
                .withMessageContaining("\"reason\"");
    }

    @Test
    void appendRefusesALeafThatNoBundleCouldHold() {
        Map<String, Object> sealed = new TreeMap<>();
        IntStream.range(0, 1500).forEach(i -> sealed.put("field" + i, i));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fixture.append(EntryType.ASKED, ASK, sealed))
                .withMessageContaining("65535");
    }

    @Test
    void appendRefusesNumbersThatJsonWouldRound() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fixture.append(EntryType.ASKED, ASK, Map.of("seed", Long.MAX_VALUE)))
                .withMessageContaining("2^53");
    }

    @Test
    void aQuestionEndsOnce() {
        long number = fixture.newNumber();
        fixture.append(EntryType.ASKED, number, ASK, Map.of());
        fixture.append(EntryType.CANCELLED, number, Map.of(), Map.of());

        assertThatIllegalStateException()
                .isThrownBy(() -> fixture.append(EntryType.ANSWERED, number, Map.of(), Map.of()))
                .withMessageContaining("already ended");
    }

    @Test
    void whatWasNeverAskedCannotBeAnswered() {
        assertThatIllegalStateException()
                .isThrownBy(() -> fixture.append(EntryType.ANSWERED, Map.of(), Map.of()))
                .withMessageContaining("never asked");
    }

    @Test
    void appendRefusesToStandAlone() {
        assertThatIllegalStateException()
                .isThrownBy(() -> jdbi.useHandle(handle ->
                        fixture.log().append(handle, LogFixture.draft(EntryType.STARTED, 1, Map.of(), Map.of()))));
    }

    @Test
    void openQuestionsAreListedUntilTheyAreInterrupted() {
        long open = fixture.newNumber();
        long ended = fixture.newNumber();
        fixture.append(EntryType.ASKED, open, ASK, Map.of());
        fixture.append(EntryType.ASKED, ended, ASK, Map.of());
        fixture.append(EntryType.ANSWERED, ended, Map.of(), Map.of());

        assertThat(fixture.log().interruptedQuestions()).containsExactly(open);
        fixture.append(EntryType.INTERRUPTED, open, Map.of(), Map.of());
        assertThat(fixture.log().interruptedQuestions()).isEmpty();
    }

    @Test
    void theSameActorHasTheSamePseudonym() {
        fixture.append(EntryType.SIGNED_IN, Map.of(), Map.of());
        fixture.receipt(fixture.append(EntryType.SIGNED_IN, Map.of(), Map.of()));

        assertThat(fixture.log().entries(0, 10))
                .extracting(EntrySummary::actor)
                .allMatch(actor -> actor.length() == 22)
                .hasSize(2)
                .containsOnly(fixture.log().entries(0, 1).getFirst().actor());
    }

    @Test
    void theNamedProfileSealsWhoActedAndNothingStandsInClear() {
        fixture.close();
        try (DataKeys keys = DataKeys.open(home);
                EvidenceLog named = EvidenceLog.open(
                        jdbi, keys, home, Clock.systemUTC(), EvidencePolicy.STANDARD.with(Profile.NAMED))) {
            long entry = jdbi.inTransaction(handle -> named.append(
                    handle,
                    LogFixture.draft(
                            EntryType.STARTED, named.nextNumber(handle), Map.of("version", "0.1.0"), Map.of())));
            String record = named.receipt(entry, LogFixture.PATIENCE).recordJson();

            assertThat(record).contains("\"payload\":{\"actorId\":\"console\"}");
            String leaf = new String(
                    Base64.getDecoder()
                            .decode(CanonicalJson.parse(record.getBytes(StandardCharsets.UTF_8))
                                    .get("leaf")
                                    .asText()),
                    StandardCharsets.UTF_8);
            assertThat(leaf).doesNotContain("console").contains("\"actorId\":");
        }
        fixture = LogFixture.open(jdbi, home);
    }

    @Test
    void pagesOfASearchLeaveNothingOutWhereEntriesShareANumber() {
        long act = fixture.newNumber();
        fixture.append(EntryType.ACT_REQUESTED, act, Map.of("kind", "release-hold"), Map.of());
        fixture.append(EntryType.ACT_EXECUTED, act, Map.of("kind", "release-hold"), Map.of());
        fixture.append(EntryType.ACT_REJECTED, act, Map.of("kind", "release-hold"), Map.of());
        fixture.appendStarted();
        Wanted anything = new Wanted(null, null, null, null, null, null, null, false);

        List<Long> numbers = new ArrayList<>();
        List<EntryType> types = new ArrayList<>();
        for (long before = Long.MAX_VALUE; before > 1; before = numbers.getLast()) {
            long last = before;
            Found found = jdbi.inTransaction(handle -> fixture.log().find(handle, anything, last, 1))
                    .getFirst();
            numbers.add(found.number());
            types.add(found.type());
        }
        assertThat(numbers).containsExactly(act + 1, act);
        assertThat(types).containsExactly(EntryType.STARTED, EntryType.ACT_REQUESTED);
    }
}
