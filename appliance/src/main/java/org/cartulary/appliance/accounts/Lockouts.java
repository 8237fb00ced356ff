package org.cartulary.appliance.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * How often a name was tried in vain, and how long it rests. The same for names that nobody has, so that a lock tells
 * nothing. Runs in the callers' transactions.
 */
final class Lockouts {
    /** So many are forgiven. */
    static final int FREE = 5;

    /** After so many the password counts no more, until an invitation sets a new one (SP 800-63B-4, 3.2.2). */
    static final int MOST = 100;

    private static final Duration FIRST = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /** How long names that were tried in vain are remembered. */
    private static final Duration MEMORY = Duration.ofDays(1);

    private Lockouts() {}

    /**
     * How a name stands.
     *
     * @param failures in a row
     * @param lockedUntil no attempt counts before that
     */
    record State(int failures, Instant lockedUntil) {
        static final State CLEAN = new State(0, Instant.EPOCH);

        boolean isLocked(Instant now) {
            return failures >= MOST || now.isBefore(lockedUntil);
        }
    }

    static State of(Handle handle, String name) {
        Optional<State> state = handle.createQuery(
                        "SELECT failures, locked_until FROM appliance.sign_in_failure WHERE name_sha256 = :name")
                .bind("name", sha256(name))
                .map((row, context) -> new State(
                        row.getInt("failures"), row.getTimestamp("locked_until").toInstant()))
                .findOne();
        return state.orElse(State.CLEAN);
    }

    /** Counts a failure; one during a lock does not lengthen it, or nobody could ever get in again. */
    static State fail(Handle handle, String name, State before, Instant now) {
        int failures = before.isLocked(now) ? before.failures() : before.failures() + 1;
        Instant lockedUntil = before.isLocked(now) ? before.lockedUntil() : now.plus(rest(failures));
        handle.createUpdate("""
                        INSERT INTO appliance.sign_in_failure (name_sha256, failures, locked_until, last_at)
                        VALUES (:name, greatest(:failures, 1), :lockedUntil, :now)
                        ON CONFLICT (name_sha256) DO UPDATE SET last_at = :now,
                            failures = greatest(sign_in_failure.failures, excluded.failures),
                            locked_until = greatest(sign_in_failure.locked_until, excluded.locked_until)""")
                .bind("name", sha256(name))
                .bind("failures", failures)
                .bind("lockedUntil", lockedUntil.atOffset(ZoneOffset.UTC))
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute();
        return new State(failures, lockedUntil);
    }

    private static Duration rest(int failures) {
        if (failures < FREE) {
            return Duration.ZERO;
        }
        Duration rest = FIRST.multipliedBy(1L << Math.min(failures - FREE, 10));
        return rest.compareTo(LONGEST) > 0 ? LONGEST : rest;
    }

    static void clear(Handle handle, String name) {
        handle.createUpdate("DELETE FROM appliance.sign_in_failure WHERE name_sha256 = :name")
                .bind("name", sha256(name))
                .execute();
    }

    /** Forgets names that were not tried for a day, but for those that were tried too often. */
    static int sweep(Handle handle, Instant now) {
        return handle.createUpdate("DELETE FROM appliance.sign_in_failure WHERE last_at < :then AND failures < :most")
                .bind("then", Timestamp.from(now.minus(MEMORY)))
                .bind("most", MOST)
                .execute();
    }

    private static byte[] sha256(String name) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
