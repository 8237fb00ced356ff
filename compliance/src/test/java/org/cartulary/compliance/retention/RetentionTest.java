package org.cartulary.compliance.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.compliance.acts.Act;
import org.cartulary.compliance.acts.ActOutcome;
import org.cartulary.compliance.evidence.EntrySummary;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.LogFixture;
import org.cartulary.compliance.evidence.Receipt;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.testing.PostgresExtension;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private static final String WARD = "0198a1b2-0000-7000-8000-000000000001";
    private static final String ARCHIVE = "0198a1b2-0000-7000-8000-000000000002";
    private static final Principal OFFICER = new Principal("person:olga");

    private final Jdbi jdbi = PostgresExtension.database("compliance");
    private final Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(40));

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
    void payloadsThatAreDueAreGoneForGoodAndTheirProofsHold() {
        long due = question(WARD, "2026/1");
        set("questions", "", 30);

        assertThat(dispose().payloads()).isEqualTo(2);

        Receipt receipt = fixture.log().receiptOf(due).orElseThrow();
        assertThat(receipt.recordJson()).contains("\"payload\":null").doesNotContain("2026/1");
        assertThat(receipt.proof()).isNotEmpty();
        assertThat(count("compliance.mention")).isZero();
        assertThat(fixture.keys().find(0)).isEmpty();
        assertThat(types()).contains(EntryType.PAYLOADS_DESTROYED);
        assertThat(dispose().payloads()).as("once").isZero();
    }

    @Test
    void whatIsDueIsCountedWithoutBeingTouched() {
        long due = question(WARD, "2026/1");
        question(ARCHIVE, "2026/2");
        set("questions", "", 30);
        set("questions", ARCHIVE, 3_650);
        set("shards", "", 30);
        Retention retention = new Retention(jdbi, fixture.log(), later);

        assertThat(retention.due()).extracting(Retention.DueNow::count).containsExactly(2, 0, 0);
        assertThat(disclosed(due)).isTrue();
        hold(Hold.Kind.REFERENCE, "2026/1");
        assertThat(retention.due()).extracting(Retention.DueNow::count).containsExactly(0, 0, 0);
    }

    @Test
    void whatIsYoungerThanTheRuleStays() {
        long young = question(WARD, "2026/1");
        set("questions", "", 50);

        assertThat(dispose().payloads()).isZero();
        assertThat(disclosed(young)).isTrue();
    }

    @Test
    void theRuleOfACollectionGoesBeforeTheGeneralOne() {
        long ward = question(WARD, "2026/1");
        long archive = question(ARCHIVE, "2026/2");
        set("questions", "", 30);
        set("questions", ARCHIVE, 3_650);

        assertThat(dispose().payloads()).isEqualTo(2);
        assertThat(disclosed(ward)).isFalse();
        assertThat(disclosed(archive)).isTrue();
    }

    @Test
    void aHoldBeatsTheRuleUntilTwoPeopleReleaseIt() {
        long held = question(WARD, "2026/1");
        long free = question(WARD, "2026/2");
        set("questions", "", 30);
        Hold hold = hold(Hold.Kind.REFERENCE, "2026/1");

        assertThat(dispose().payloads()).isEqualTo(2);
        assertThat(disclosed(held)).isTrue();
        assertThat(disclosed(free)).isFalse();
        act("release-hold", Map.of("hold", hold.id().toString()));
        assertThat(dispose().payloads()).isEqualTo(2);
        assertThat(disclosed(held)).isFalse();
        assertThat(types()).contains(EntryType.HOLD_PLACED, EntryType.HOLD_RELEASED);
    }

    @Test
    void aQuestionACollectionAndEverythingCanBeHeld() {
        long one = question(WARD, "2026/1");
        long other = question(ARCHIVE, "2026/2");
        set("questions", "", 30);
        Hold question = hold(Hold.Kind.QUESTION, Long.toString(one));
        Hold collection = hold(Hold.Kind.COLLECTION, ARCHIVE);
        assertThat(dispose().payloads()).isZero();

        act("release-hold", Map.of("hold", question.id().toString()));
        act("release-hold", Map.of("hold", collection.id().toString()));
        hold(Hold.Kind.EVERYTHING, "");
        assertThat(dispose().payloads()).isZero();
        assertThat(disclosed(one)).isTrue();
        assertThat(disclosed(other)).isTrue();
    }

    @Test
    void aHoldStopsDeletion() {
        UUID document = UUID.randomUUID();
        jdbi.useHandle(handle -> Holds.requireNone(handle, document, UUID.fromString(WARD)));
        hold(Hold.Kind.DOCUMENT, document.toString());

        assertThatExceptionOfType(Held.class)
                .isThrownBy(() -> jdbi.useHandle(handle -> Holds.requireNone(handle, document, UUID.fromString(WARD))))
                .withMessageContaining("under a hold")
                .withMessageNotContaining("family");
    }

    @Test
    void aHoldSaysWhatItIsOnWhyAndUntilWhenToLookAgain() {
        refusesHold(Hold.Kind.REFERENCE, "", "The claim of the family", 30, "names it");
        refusesHold(Hold.Kind.EVERYTHING, "2026/1", "The claim of the family", 30, "names nothing else");
        refusesHold(Hold.Kind.QUESTION, "x", "The claim of the family", 30, "its number");
        refusesHold(Hold.Kind.REFERENCE, "2026/1", "why not", 30, "10 to 1000");
        refusesHold(Hold.Kind.REFERENCE, "2026/1", "The claim of the family", 0, "next ten years");
    }

    @Test
    void keysThatACrashLeftGoAtTheNextCall() {
        question(WARD, "2026/1");
        jdbi.useHandle(handle -> handle.execute("INSERT INTO compliance.key_to_destroy VALUES (0)"));

        dispose();

        assertThat(fixture.keys().find(0)).isEmpty();
        assertThat(count("compliance.key_to_destroy")).isZero();
    }

    @Test
    void aShardThatIsDueGoesWhole() {
        long gone = question(WARD, "2026/1");
        fixture.log().beginShard(Duration.ofSeconds(30));
        long kept = question(WARD, "2026/2");
        String first = fixture.log().shards().getFirst().name();
        set("shards", "", 30);

        assertThat(dispose().shards()).containsExactly(first);

        assertThat(home.resolve("log").resolve(first)).doesNotExist();
        assertThat(home.resolve("keys/pseudonyms").resolve(first + ".key")).doesNotExist();
        assertThat(fixture.log().receiptOf(gone)).isEmpty();
        assertThat(fixture.keys().find(0)).isEmpty();
        assertThat(types()).contains(EntryType.SHARD_DESTROYED);
        fixture.close();
        fixture = LogFixture.open(jdbi, home);
        assertThat(disclosed(kept)).isTrue();
        assertThat(fixture.log().shards()).hasSize(1);
        fixture.log().beginShard(Duration.ofSeconds(30));
        assertThat(fixture.log().shards().getLast().name()).as("no name twice").endsWith("-3");
    }

    @Test
    void aShardWithSomethingHeldStays() {
        long held = question(WARD, "2026/1");
        fixture.log().beginShard(Duration.ofSeconds(30));
        set("shards", "", 30);
        hold(Hold.Kind.REFERENCE, "2026/1");

        assertThat(dispose().shards()).isEmpty();
        assertThat(disclosed(held)).isTrue();
        assertThat(Files.exists(home.resolve("log")
                        .resolve(fixture.log().shards().getFirst().name())))
                .isTrue();
    }

    @Test
    void aRuleThatIsNoneIsRefused() {
        assertThat(check("set-retention", Map.of("class", "secrets", "collection", "", "days", "30")))
                .contains("questions, documents");
        assertThat(check("set-retention", Map.of("class", "people", "collection", WARD, "days", "30")))
                .contains("for questions and documents");
        assertThat(check("set-retention", Map.of("class", "people", "collection", "", "days", "-1")))
                .contains("0 to 36500");
        assertThat(check("release-hold", Map.of("hold", UUID.randomUUID().toString())))
                .contains("not released yet");
    }

    private Retention.Disposed dispose() {
        Retention.Disposed disposed = new Retention(jdbi, fixture.log(), later).dispose();
        fixture.receipt(fixture.appendStarted());
        return disposed;
    }

    private long question(String collection, String reference) {
        long number = fixture.newNumber();
        fixture.append(
                EntryType.ASKED,
                number,
                Map.of("act", "ask"),
                Map.of("collection", collection, "reference", reference));
        fixture.receipt(fixture.append(EntryType.ANSWERED, number, Map.of(), Map.of("answer", "Yes.")));
        return number;
    }

    private boolean disclosed(long number) {
        return !fixture.log().receiptOf(number).orElseThrow().recordJson().contains("\"payload\":null");
    }

    private Hold hold(Hold.Kind kind, String value) {
        Holds holds = new Holds(fixture.log(), Clock.systemUTC());
        return jdbi.inTransaction(
                handle -> holds.place(handle, OFFICER, kind, value, "The claim of the family", today().plusDays(30)));
    }

    private void refusesHold(Hold.Kind kind, String value, String reason, int days, String why) {
        Holds holds = new Holds(fixture.log(), Clock.systemUTC());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> jdbi.inTransaction(
                        handle -> holds.place(handle, OFFICER, kind, value, reason, today().plusDays(days))))
                .withMessageContaining(why);
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    private void set(String of, String collection, int days) {
        act("set-retention", Map.of("class", of, "collection", collection, "days", Integer.toString(days)));
    }

    private void act(String kind, Map<String, String> parameters) {
        JsonNode values = new ObjectMapper().valueToTree(parameters);
        Optional<ActOutcome.Refused> refused =
                jdbi.inTransaction(handle -> act(kind).execute(handle, OFFICER, values));
        assertThat(refused).isEmpty();
    }

    private String check(String kind, Map<String, String> parameters) {
        JsonNode values = new ObjectMapper().valueToTree(parameters);
        Optional<ActOutcome.Refused> refused =
                jdbi.inTransaction(handle -> act(kind).check(handle, values));
        return refused.orElseThrow().message();
    }

    private Act act(String kind) {
        return RetentionActs.of(new Holds(fixture.log(), Clock.systemUTC()), Clock.systemUTC()).stream()
                .filter(act -> act.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private List<EntryType> types() {
        return fixture.log().entries(0, 1_000).stream().map(EntrySummary::type).toList();
    }

    private long count(String table) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM " + table)
                .mapTo(Long.class)
                .one());
    }
}
