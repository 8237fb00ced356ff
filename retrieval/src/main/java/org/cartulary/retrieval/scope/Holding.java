package org.cartulary.retrieval.scope;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Whether a document holds on a day, and where.
 *
 * @param site null where it holds at every site
 */
public record Holding(
        LocalDate day, Validity validity, @Nullable String site) {
    public Standing standing() {
        return validity.on(day);
    }

    /** Whether somebody should have looked at it again by that day. */
    public boolean reviewDue() {
        return validity.reviewDue(day);
    }
}
