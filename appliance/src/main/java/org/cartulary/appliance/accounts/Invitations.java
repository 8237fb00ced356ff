package org.cartulary.appliance.accounts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identity;
import org.jdbi.v3.core.Handle;

/** One-time links by which people set their passwords. Runs in the callers' transactions; thread-safe. */
final class Invitations {
    static final Duration LIFE = Duration.ofDays(3);
    private static final String PREFIX = "invitation_";

    private final AccountLog log;
    private final Clock clock;

    Invitations(AccountLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** Makes a link's secret; those before it count no more. */
    String issue(Handle handle, Principal by, Identity person) {
        end(handle, person.id());
        handle.createUpdate("INSERT INTO appliance.account (principal) VALUES (:principal) ON CONFLICT DO NOTHING")
                .bind("principal", person.id().id())
                .execute();
        Token token = Token.random(PREFIX);
        handle.createUpdate("""
                        INSERT INTO appliance.invitation (token_sha256, principal, invited_by, expires_at)
                        VALUES (:token, :principal, :by, :expires)""")
                .bind("token", token.sha256())
                .bind("principal", person.id().id())
                .bind("by", by.id())
                .bind("expires", clock.instant().plus(LIFE).atOffset(ZoneOffset.UTC))
                .execute();
        log.append(
                handle,
                EntryType.ACCOUNT_CHANGED,
                by,
                Map.of("change", "invited", "subject", person.id().id()));
        return token.text();
    }

    /** Whose invitation this is, if it counts still. */
    Optional<Principal> holder(Handle handle, String token) {
        return handle.createQuery("SELECT principal FROM appliance.invitation"
                        + " WHERE token_sha256 = :token AND ended_at IS NULL AND expires_at > :now FOR UPDATE")
                .bind("token", new Token(token).sha256())
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .mapTo(String.class)
                .findOne()
                .map(Principal::new);
    }

    /** Ends every invitation of somebody. */
    void end(Handle handle, Principal principal) {
        Instant now = clock.instant();
        handle.createUpdate("UPDATE appliance.invitation SET ended_at = :now"
                        + " WHERE principal = :principal AND ended_at IS NULL")
                .bind("principal", principal.id())
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute();
    }
}
