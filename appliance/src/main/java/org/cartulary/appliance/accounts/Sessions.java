package org.cartulary.appliance.accounts;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.TreeMap;
import org.cartulary.compliance.evidence.EntryDraft;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.jdbi.v3.core.Jdbi;

/** A browser's sign-in: a random cookie that outlives restarts and ends after twelve hours. Thread-safe. */
public final class Sessions {
    public static final Duration LIFETIME = Duration.ofHours(12);
    private static final int MAX_TOKEN_LENGTH = 256;

    private final Jdbi jdbi;
    private final Clock clock;
    private final EvidenceLog log;

    public Sessions(Jdbi jdbi, Clock clock, EvidenceLog log) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.log = log;
    }

    /** Opens a session for what its token is for, on record, and sweeps out those that have ended. Returns the cookie's value. */
    public String open(Holder holder) {
        Token token = Token.random("");
        jdbi.useTransaction(handle -> {
            handle.createUpdate("DELETE FROM appliance.session WHERE expires_at < ?")
                    .bind(0, now())
                    .execute();
            handle.createUpdate("INSERT INTO appliance.session (token_sha256, principal, expires_at, scopes)"
                            + " VALUES (?, ?, ?, string_to_array(?, ','))")
                    .bind(0, token.sha256())
                    .bind(1, holder.principal().id())
                    .bind(2, now().plus(LIFETIME))
                    .bind(3, Holder.joined(holder.scopes()))
                    .execute();
            log.append(
                    handle,
                    new EntryDraft(
                            EntryType.SIGNED_IN,
                            log.nextNumber(handle),
                            holder.principal(),
                            new TreeMap<>(),
                            new TreeMap<>()));
        });
        return token.text();
    }

    /** Whose session this cookie is; empty when it is unknown or has ended. */
    public Optional<Holder> holder(String cookie) {
        if (cookie.length() > MAX_TOKEN_LENGTH) {
            return Optional.empty();
        }
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT principal, scopes, 'session-' || encode(substring(token_sha256 FROM 1 FOR 8), 'hex')"
                                + " AS credential FROM appliance.session WHERE token_sha256 = ? AND expires_at > ?")
                .bind(0, new Token(cookie).sha256())
                .bind(1, now())
                .map((row, context) -> Holder.of(row))
                .findOne());
    }

    public void close(String cookie) {
        jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM appliance.session WHERE token_sha256 = ?")
                .bind(0, new Token(cookie).sha256())
                .execute());
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock).withOffsetSameInstant(ZoneOffset.UTC);
    }
}
