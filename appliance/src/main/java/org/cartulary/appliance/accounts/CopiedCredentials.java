package org.cartulary.appliance.accounts;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Whatever opens the appliance in an older copy of its database, though it may have been ended since: nobody knows any more. In the
 * caller's transaction.
 */
public final class CopiedCredentials {
    private CopiedCredentials() {}

    /**
     * Ends all sessions and invitations, and all API keys where any may have been revoked since.
     *
     * @return how many of each, by names for the record
     */
    public static Map<String, Object> end(Handle handle, boolean keysToo, Instant now) {
        long sessions = handle.createUpdate("DELETE FROM appliance.session").execute();
        long invitations = handle.createUpdate("UPDATE appliance.invitation SET ended_at = :now WHERE ended_at IS NULL")
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute();
        handle.execute("UPDATE appliance.account SET reinvite_until = NULL");
        long keys = keysToo
                ? handle.createUpdate("UPDATE appliance.api_key SET revoked_at = :now WHERE revoked_at IS NULL")
                        .bind("now", now.atOffset(ZoneOffset.UTC))
                        .execute()
                : 0;
        return Map.of("sessionsEnded", sessions, "invitationsEnded", invitations, "keysRevoked", keys);
    }
}
