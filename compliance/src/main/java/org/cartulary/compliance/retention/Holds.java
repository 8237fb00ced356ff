package org.cartulary.compliance.retention;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.cartulary.compliance.evidence.EntryDraft;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.jdbi.v3.core.Handle;

/** Places holds and knows them. In the callers' transactions; thread-safe. */
public final class Holds {
    /** Holds at a time at most. */
    public static final int MAX_OPEN = 1_000;

    public static final int MIN_REASON = 10;
    public static final int MAX_REASON = 1_000;
    private static final int MAX_VALUE = 200;

    private final EvidenceLog log;
    private final Clock clock;

    public Holds(EvidenceLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /**
     * Places one. One person is enough: what it keeps can still be disposed of later, and the other way round not.
     *
     * @throws IllegalArgumentException with a sentence where something of it is not as it must be
     */
    public Hold place(Handle handle, Principal by, Hold.Kind kind, String value, String reason, LocalDate reviewOn) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        require(handle, kind, value, reason, reviewOn, now);
        Hold hold = new Hold(
                UUID.randomUUID(),
                log.nextNumber(handle),
                kind,
                value.strip(),
                reason.strip(),
                reviewOn,
                by,
                now,
                null);
        handle.createUpdate("""
                        INSERT INTO compliance.hold
                            (id, number, kind, value, reason, review_on, placed_by, placed_at)
                        VALUES (:id, :number, :kind, :value, :reason, :reviewOn, :by, :at)""")
                .bind("id", hold.id())
                .bind("number", hold.number())
                .bind("kind", kind.wireName())
                .bind("value", hold.value())
                .bind("reason", hold.reason())
                .bind("reviewOn", reviewOn)
                .bind("by", by.id())
                .bind("at", now.atOffset(ZoneOffset.UTC))
                .execute();
        append(
                handle,
                EntryType.HOLD_PLACED,
                hold,
                by,
                Map.of(
                        "kind",
                        kind.wireName(),
                        "value",
                        hold.value(),
                        "reason",
                        hold.reason(),
                        "reviewOn",
                        reviewOn.toString()));
        return hold;
    }

    private static void require(
            Handle handle, Hold.Kind kind, String value, String reason, LocalDate reviewOn, Instant now) {
        if (reason.strip().length() < MIN_REASON || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException(
                    "A hold has a reason of " + MIN_REASON + " to " + MAX_REASON + " characters");
        }
        if ((kind == Hold.Kind.EVERYTHING) != value.isBlank() || value.length() > MAX_VALUE) {
            throw new IllegalArgumentException(
                    kind == Hold.Kind.EVERYTHING
                            ? "A hold on everything names nothing else"
                            : "A hold on a " + kind.wireName() + " names it, in at most " + MAX_VALUE + " characters");
        }
        if (kind == Hold.Kind.QUESTION && !value.strip().matches("[1-9][0-9]{0,15}")) {
            throw new IllegalArgumentException("A hold on a question names its number, not \"" + value + "\"");
        }
        LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
        if (!reviewOn.isAfter(today) || reviewOn.isAfter(today.plusYears(10))) {
            throw new IllegalArgumentException("A hold is to be reviewed on a day of the next ten years");
        }
        if (open(handle).size() >= MAX_OPEN) {
            throw new IllegalArgumentException("There are " + MAX_OPEN + " holds already: release some first");
        }
    }

    /** Those that hold, oldest first. */
    public static List<Hold> open(Handle handle) {
        return handle.createQuery("SELECT * FROM compliance.hold WHERE released_at IS NULL ORDER BY number")
                .map((row, context) -> hold(row))
                .list();
    }

    static Optional<Hold> find(Handle handle, UUID id) {
        return handle.createQuery("SELECT * FROM compliance.hold WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> hold(row))
                .findOne();
    }

    /**
     * Throws {@link Held} where a document may not be deleted or replaced.
     *
     * @param collection in which it is
     */
    public static void requireNone(Handle handle, UUID document, UUID collection) {
        Optional<Hold> hold = handle.createQuery("""
                        SELECT * FROM compliance.hold WHERE released_at IS NULL AND (kind = 'everything'
                            OR (kind = 'document' AND value = :document)
                            OR (kind = 'collection' AND value = :collection))
                        ORDER BY number LIMIT 1""")
                .bind("document", document.toString())
                .bind("collection", collection.toString())
                .map((row, context) -> hold(row))
                .findOne();
        if (hold.isPresent()) {
            throw new Held(hold.get());
        }
    }

    /** Ends one; two people's act. */
    void release(Handle handle, Principal by, Hold hold) {
        handle.createUpdate("UPDATE compliance.hold SET released_at = :now WHERE id = :id AND released_at IS NULL")
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .bind("id", hold.id())
                .execute();
        append(handle, EntryType.HOLD_RELEASED, hold, by, Map.of());
    }

    private void append(Handle handle, EntryType type, Hold hold, Principal by, Map<String, Object> sealed) {
        log.append(handle, new EntryDraft(type, hold.number(), by, new TreeMap<>(), new TreeMap<>(sealed)));
    }

    private static Hold hold(ResultSet row) throws SQLException {
        OffsetDateTime released = row.getObject("released_at", OffsetDateTime.class);
        return new Hold(
                row.getObject("id", UUID.class),
                row.getLong("number"),
                Hold.Kind.named(row.getString("kind")).orElseThrow(),
                row.getString("value"),
                row.getString("reason"),
                row.getObject("review_on", LocalDate.class),
                new Principal(row.getString("placed_by")),
                row.getObject("placed_at", OffsetDateTime.class).toInstant(),
                released == null ? null : released.toInstant());
    }
}
