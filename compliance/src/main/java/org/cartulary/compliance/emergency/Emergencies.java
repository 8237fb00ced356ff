package org.cartulary.compliance.emergency;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import org.cartulary.compliance.canonical.CanonicalJson;
import org.cartulary.compliance.evidence.EntryDraft;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.policy.Policy;
import org.cartulary.compliance.rights.Permission;
import org.cartulary.compliance.rights.Rights;
import org.jdbi.v3.core.Handle;

/**
 * Emergency accesses: opened by those whom a collection lets, over by themselves, and reviewed. The reason lies sealed in
 * the log and nowhere else. Runs in the callers' transactions; thread-safe.
 */
public final class Emergencies {
    /** A reason has at least so many characters: "asdf" helps no reviewer. */
    public static final int MIN_REASON = 10;

    public static final int MAX_REASON = 1000;

    /** Open at a time for one person at most. */
    public static final int MAX_OPEN = 5;

    /** The most that one call lists. */
    public static final int MAX_LISTED = 500;

    private final EvidenceLog log;
    private final Rights rights;
    private final Clock clock;

    public Emergencies(EvidenceLog log, Rights rights, Clock clock) {
        this.log = log;
        this.rights = rights;
        this.clock = clock;
    }

    /** What became of a wish to open a collection, or to review that. */
    public sealed interface Outcome {
        record Done(Emergency emergency) implements Outcome {}

        /**
         * Nothing was changed.
         *
         * @param code one word for the reason
         * @param message a sentence with the remedy
         */
        record Refused(String code, String message) implements Outcome {}
    }

    /**
     * Opens a collection from the commit of the caller's transaction on.
     *
     * @param reason for the reviewer
     * @param wanted for how long, or empty for as long as the house allows
     */
    public Outcome open(Handle handle, Principal by, UUID collection, String reason, Optional<Duration> wanted) {
        Terms terms = Terms.of(handle, Policy.version(handle));
        Duration length = wanted.orElse(terms.longest());
        Optional<Outcome.Refused> refused = refusal(handle, by, collection, reason, length, terms);
        if (refused.isPresent()) {
            return refused.get();
        }
        // As precise as it is stored, so that the answer says what every later one says.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Emergency emergency = new Emergency(
                UUID.randomUUID(),
                log.nextNumber(handle),
                by,
                collection,
                now,
                now.plus(length),
                now.plus(terms.reviewWithin()),
                Optional.empty());
        insert(handle, emergency);
        append(
                handle,
                EntryType.EMERGENCY_OPENED,
                emergency,
                by,
                Map.of(
                        "reason", reason.strip(),
                        "endsAt", CanonicalJson.time(emergency.endsAt()),
                        "reviewBy", CanonicalJson.time(emergency.reviewBy())));
        return new Outcome.Done(emergency);
    }

    private Optional<Outcome.Refused> refusal(
            Handle handle, Principal by, UUID collection, String reason, Duration length, Terms terms) {
        if (!rights.may(handle, by, Permission.EMERGENCY, collection)) {
            return Optional.of(new Outcome.Refused(
                    "no-emergency-right",
                    "This collection does not exist, or you may not open it in an emergency: ask who manages it."));
        }
        int characters = reason.strip().length();
        if (characters < MIN_REASON || characters > MAX_REASON) {
            return Optional.of(new Outcome.Refused(
                    "reason",
                    "A reason has " + MIN_REASON + " to " + MAX_REASON + " characters, but this one has " + characters
                            + ": say what happened, a reviewer will read it."));
        }
        if (!length.isPositive() || length.compareTo(terms.longest()) > 0) {
            return Optional.of(new Outcome.Refused(
                    "too-long",
                    "An emergency lasts 1 to " + terms.longest().toMinutes() + " minutes here, not "
                            + length.toMinutes() + "."));
        }
        if (openOf(handle, by) >= MAX_OPEN) {
            return Optional.of(new Outcome.Refused(
                    "too-many-open", "You have opened " + MAX_OPEN + " collections already: close one first."));
        }
        return Optional.empty();
    }

    private long openOf(Handle handle, Principal by) {
        return handle.createQuery("SELECT count(*) FROM compliance.emergency WHERE principal = :by AND ends_at > :now")
                .bind("by", by.id())
                .bind("now", now())
                .mapTo(Long.class)
                .one();
    }

    private static void insert(Handle handle, Emergency emergency) {
        handle.createUpdate("""
                        INSERT INTO compliance.emergency
                            (id, number, principal, collection, opened_at, ends_at, review_by)
                        VALUES (:id, :number, :principal, :collection, :openedAt, :endsAt, :reviewBy)""")
                .bind("id", emergency.id())
                .bind("number", emergency.number())
                .bind("principal", emergency.principal().id())
                .bind("collection", emergency.collection())
                .bind("openedAt", emergency.openedAt().atOffset(ZoneOffset.UTC))
                .bind("endsAt", emergency.endsAt().atOffset(ZoneOffset.UTC))
                .bind("reviewBy", emergency.reviewBy().atOffset(ZoneOffset.UTC))
                .execute();
    }

    /** Ends an emergency of one's own before its time. */
    public Outcome close(Handle handle, Principal by, UUID id) {
        Optional<Emergency> own =
                held(handle, id).filter(found -> found.principal().equals(by));
        if (own.isEmpty()) {
            return notFound();
        }
        int closed = handle.createUpdate(
                        "UPDATE compliance.emergency SET ends_at = :now WHERE id = :id AND ends_at > :now")
                .bind("id", id)
                .bind("now", now())
                .execute();
        if (closed == 1) {
            append(handle, EntryType.EMERGENCY_CLOSED, own.get(), by, Map.of());
        }
        return new Outcome.Done(find(handle, id).orElseThrow());
    }

    /**
     * Records what a compliance officer found; once, and never of an emergency of his own.
     *
     * @param remark for the record; may be empty
     */
    public Outcome review(Handle handle, Principal by, UUID id, boolean justified, String remark) {
        Optional<Emergency> found = held(handle, id);
        if (found.isEmpty()) {
            return notFound();
        }
        if (found.get().principal().equals(by)) {
            return new Outcome.Refused("own", "Nobody reviews an emergency of his own: ask another officer.");
        }
        int reviewed = handle.createUpdate("""
                        UPDATE compliance.emergency SET reviewed_at = :now, reviewer = :by, verdict = :verdict
                        WHERE id = :id AND reviewed_at IS NULL""")
                .bind("id", id)
                .bind("now", now())
                .bind("by", by.id())
                .bind("verdict", justified ? "justified" : "not-justified")
                .execute();
        if (reviewed == 0) {
            return new Outcome.Refused("reviewed", "This emergency was reviewed before; the record stands.");
        }
        append(
                handle,
                EntryType.EMERGENCY_REVIEWED,
                found.get(),
                by,
                Map.of("justified", justified, "remark", remark.strip()));
        return new Outcome.Done(find(handle, id).orElseThrow());
    }

    private static Outcome.Refused notFound() {
        return new Outcome.Refused("not-found", "There is no such emergency, or it is not yours.");
    }

    /** Those that nobody has reviewed yet, the most urgent first. */
    public List<Emergency> toReview(Handle handle) {
        return handle.createQuery("SELECT * FROM compliance.emergency WHERE reviewed_at IS NULL"
                        + " ORDER BY review_by LIMIT " + MAX_LISTED)
                .map((row, context) -> emergency(row))
                .list();
    }

    /**
     * Those that were reviewed, by the time of their review, latest first.
     *
     * @param before number of the last one of the page before; empty for the first page
     * @param limit 1 to {@value #MAX_LISTED}
     */
    public List<Emergency> reviewed(Handle handle, OptionalLong before, int limit) {
        return handle.createQuery("""
                        SELECT * FROM compliance.emergency
                        WHERE reviewed_at IS NOT NULL AND (:first OR (reviewed_at, number) <
                            (SELECT last.reviewed_at, last.number FROM compliance.emergency last WHERE last.number = :before))
                        ORDER BY reviewed_at DESC, number DESC LIMIT :limit""")
                .bind("first", before.isEmpty())
                .bind("before", before.orElse(0))
                .bind("limit", Math.clamp(limit, 1, MAX_LISTED))
                .map((row, context) -> emergency(row))
                .list();
    }

    /** A principal's own, latest first. */
    public List<Emergency> of(Handle handle, Principal principal) {
        return handle.createQuery("SELECT * FROM compliance.emergency WHERE principal = :principal"
                        + " ORDER BY opened_at DESC LIMIT " + MAX_LISTED)
                .bind("principal", principal.id())
                .map((row, context) -> emergency(row))
                .list();
    }

    /**
     * How many are open, wait for a review, and have waited too long; for health and metrics.
     *
     * @param overdue of those that wait
     */
    public record Count(long open, long toReview, long overdue) {}

    public Count count(Handle handle) {
        return handle.createQuery("""
                        SELECT count(*) FILTER (WHERE ends_at > :now) AS open,
                            count(*) FILTER (WHERE reviewed_at IS NULL) AS waiting,
                            count(*) FILTER (WHERE reviewed_at IS NULL AND review_by < :now) AS overdue
                        FROM compliance.emergency WHERE reviewed_at IS NULL OR ends_at > :now""")
                .bind("now", now())
                .map((row, context) -> new Count(row.getLong("open"), row.getLong("waiting"), row.getLong("overdue")))
                .one();
    }

    /** The one of an id. */
    public static Optional<Emergency> find(Handle handle, UUID id) {
        return handle.createQuery("SELECT * FROM compliance.emergency WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> emergency(row))
                .findOne();
    }

    /** As {@link #find}, and nobody else changes it until the caller's transaction ends. */
    private static Optional<Emergency> held(Handle handle, UUID id) {
        return handle.createQuery("SELECT * FROM compliance.emergency WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .map((row, context) -> emergency(row))
                .findOne();
    }

    private void append(Handle handle, EntryType type, Emergency emergency, Principal by, Map<String, Object> sealed) {
        log.append(
                handle,
                new EntryDraft(
                        type,
                        emergency.number(),
                        by,
                        new TreeMap<>(
                                Map.of("collection", emergency.collection().toString())),
                        new TreeMap<>(sealed)));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Emergency emergency(ResultSet row) throws SQLException {
        Timestamp reviewed = row.getTimestamp("reviewed_at");
        return new Emergency(
                row.getObject("id", UUID.class),
                row.getLong("number"),
                new Principal(row.getString("principal")),
                row.getObject("collection", UUID.class),
                row.getTimestamp("opened_at").toInstant(),
                row.getTimestamp("ends_at").toInstant(),
                row.getTimestamp("review_by").toInstant(),
                reviewed == null
                        ? Optional.empty()
                        : Optional.of(new Emergency.Review(
                                new Principal(row.getString("reviewer")),
                                reviewed.toInstant(),
                                row.getString("verdict").equals("justified"))));
    }
}
