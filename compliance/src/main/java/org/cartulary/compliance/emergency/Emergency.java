package org.cartulary.compliance.emergency;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.compliance.identity.Principal;

/**
 * One emergency access.
 *
 * @param number under which the log has it, with its reason
 * @param endsAt when it is over; earlier where it was closed
 * @param reviewBy when a compliance officer is to have looked at it
 * @param review empty until one has
 */
public record Emergency(
        UUID id,
        long number,
        Principal principal,
        UUID collection,
        Instant openedAt,
        Instant endsAt,
        Instant reviewBy,
        Optional<Review> review) {
    /** What a compliance officer found. */
    public record Review(Principal by, Instant at, boolean justified) {
        /** The verdict as it is stored and sent. */
        public String wireName() {
            return justified ? "justified" : "not-justified";
        }
    }
}
