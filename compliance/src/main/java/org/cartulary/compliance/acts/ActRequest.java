package org.cartulary.compliance.acts;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.compliance.identity.Principal;

/**
 * An act that was asked for.
 *
 * @param number under which the log has it
 * @param decision empty while it waits
 */
public record ActRequest(
        UUID id,
        long number,
        String kind,
        JsonNode parameters,
        String reason,
        Principal requestedBy,
        Instant requestedAt,
        Instant expiresAt,
        State state,
        Optional<Decision> decision) {
    /** How it stands. */
    public enum State {
        REQUESTED,
        EXECUTED,
        REJECTED,
        WITHDRAWN,
        EXPIRED;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Who decided it, and when. */
    public record Decision(Principal by, Instant at) {}
}
