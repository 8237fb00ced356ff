package org.cartulary.appliance.accounts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Browsers that are signed in: a random cookie each, which outlives restarts, ends when it lies idle, and ends in any case
 * after a while. Ending one counts at the next request. Thread-safe.
 */
public final class Sessions {
    /** Open for one person at most; the oldest gives way. */
    static final int MAX_PER_PERSON = 20;

    private static final int MAX_TOKEN_LENGTH = 256;

    /** A session's last use is written no more often than this. */
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

    private final Jdbi jdbi;
    private final Clock clock;
    private final AccountLog log;
    private final Duration idle;
    private final Duration longest;

    /**
     * Sessions of these lengths.
     *
     * @param idle after which a session that nobody uses ends
     * @param longest after which any session ends
     */
    public Sessions(Jdbi jdbi, Clock clock, EvidenceLog log, Duration idle, Duration longest) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.log = new AccountLog(log);
        this.idle = idle;
        this.longest = longest;
    }

    /** A session as its owner sees it. */
    public record Session(UUID id, Instant createdAt, Instant lastSeenAt, Instant expiresAt) {}

    /** For how long a cookie is worth sending. */
    public Duration longest() {
        return longest;
    }

    /**
     * Opens a session, on record.
     *
     * @param failures wrong sign-ins since the last right one, for the record
     * @return the cookie's value
     */
    String open(Handle handle, Principal principal, int failures) {
        Token token = Token.random("");
        handle.createUpdate("""
                        DELETE FROM appliance.session WHERE token_sha256 IN (
                            SELECT token_sha256 FROM appliance.session WHERE principal = :principal
                            ORDER BY last_seen_at DESC OFFSET :most)""")
                .bind("principal", principal.id())
                .bind("most", MAX_PER_PERSON - 1)
                .execute();
        handle.createUpdate("""
                        INSERT INTO appliance.session (token_sha256, id, principal, created_at, last_seen_at, expires_at)
                        VALUES (:token, :id, :principal, :now, :now, :expires)""")
                .bind("token", token.sha256())
                .bind("id", UUID.randomUUID())
                .bind("principal", principal.id())
                .bind("now", now())
                .bind("expires", now().plus(longest))
                .execute();
        log.append(handle, EntryType.SIGNED_IN, principal, Map.of("failuresBefore", failures));
        return token.text();
    }

    /** Whose session this cookie is; empty when it is unknown or has ended. Notes that it was used. */
    public Optional<Holder> holder(String cookie) {
        if (cookie.length() > MAX_TOKEN_LENGTH) {
            return Optional.empty();
        }
        byte[] token = new Token(cookie).sha256();
        return jdbi.withHandle(handle -> {
            Optional<Holder> holder = handle.createQuery("SELECT id, principal FROM appliance.session"
                            + " WHERE token_sha256 = :token AND expires_at > :now AND last_seen_at > :idle")
                    .bind("token", token)
                    .bind("now", now())
                    .bind("idle", now().minus(idle))
                    .map((row, context) -> new Holder(
                            new Principal(row.getString("principal")),
                            Scope.all(),
                            "session-" + row.getString("id"),
                            Limits.NONE))
                    .findOne();
            holder.ifPresent(found -> seen(handle, token));
            return holder;
        });
    }

    private void seen(Handle handle, byte[] token) {
        handle.createUpdate("UPDATE appliance.session SET last_seen_at = :now"
                        + " WHERE token_sha256 = :token AND last_seen_at < :before")
                .bind("now", now())
                .bind("token", token)
                .bind("before", now().minus(SEEN_EVERY))
                .execute();
    }

    /** Somebody's sessions that have not ended, the last used first. */
    public List<Session> of(Principal principal) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT * FROM appliance.session WHERE principal = :principal"
                                + " AND expires_at > :now AND last_seen_at > :idle ORDER BY last_seen_at DESC")
                .bind("principal", principal.id())
                .bind("now", now())
                .bind("idle", now().minus(idle))
                .map((row, context) -> new Session(
                        row.getObject("id", UUID.class),
                        row.getTimestamp("created_at").toInstant(),
                        row.getTimestamp("last_seen_at").toInstant(),
                        row.getTimestamp("expires_at").toInstant()))
                .list());
    }

    /** Ends the session of a cookie, on record. */
    public void close(String cookie) {
        jdbi.useTransaction(handle -> handle.createQuery(
                        "DELETE FROM appliance.session WHERE token_sha256 = ? RETURNING principal")
                .bind(0, new Token(cookie).sha256())
                .mapTo(String.class)
                .findOne()
                .ifPresent(principal -> signedOut(handle, new Principal(principal), new Principal(principal), 1)));
    }

    /** Ends every session of somebody, on record; returns how many. */
    int closeAll(Handle handle, Principal by, Principal principal) {
        int closed = handle.createUpdate("DELETE FROM appliance.session WHERE principal = :principal")
                .bind("principal", principal.id())
                .execute();
        if (closed > 0) {
            signedOut(handle, by, principal, closed);
        }
        return closed;
    }

    /** Signs somebody out everywhere; returns how many sessions ended. */
    public int closeAll(Principal by, Principal principal) {
        return jdbi.inTransaction(handle -> closeAll(handle, by, principal));
    }

    /** Ends every session of somebody but one. */
    void closeOthers(Handle handle, Principal principal, String session) {
        int closed = handle.createUpdate("DELETE FROM appliance.session WHERE principal = :principal"
                        + " AND 'session-' || id <> :session")
                .bind("principal", principal.id())
                .bind("session", session)
                .execute();
        if (closed > 0) {
            signedOut(handle, principal, principal, closed);
        }
    }

    private void signedOut(Handle handle, Principal by, Principal principal, int sessions) {
        log.append(handle, EntryType.SIGNED_OUT, by, Map.of("subject", principal.id(), "sessions", sessions));
    }

    /** Forgets sessions that have ended by themselves. */
    void sweep(Handle handle) {
        handle.createUpdate("DELETE FROM appliance.session WHERE expires_at < :now OR last_seen_at < :idle")
                .bind("now", now())
                .bind("idle", now().minus(idle))
                .execute();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
