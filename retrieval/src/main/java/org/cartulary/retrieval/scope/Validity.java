package org.cartulary.retrieval.scope;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * From when until when a document holds.
 *
 * @param draft holds on no day, whatever its dates
 * @param effectiveOn first day; null where it always held
 * @param reviewOn day from which on it is due for a review, which ends nothing
 * @param expiresOn last day; null where it has none
 * @param supersededOn first day on which it is superseded; null where it is not
 */
public record Validity(
        boolean draft,
        @Nullable LocalDate effectiveOn,
        @Nullable LocalDate reviewOn,
        @Nullable LocalDate expiresOn,
        @Nullable LocalDate supersededOn) {
    /** Held always, and always will. */
    public static final Validity ALWAYS = new Validity(false, null, null, null, null);

    /** What it is on a day; a superseded one that has expired too is superseded, which says where to look. */
    public Standing on(LocalDate day) {
        if (draft) {
            return Standing.DRAFT;
        }
        if (supersededOn != null && !supersededOn.isAfter(day)) {
            return Standing.SUPERSEDED;
        }
        if (expiresOn != null && expiresOn.isBefore(day)) {
            return Standing.EXPIRED;
        }
        return effectiveOn != null && effectiveOn.isAfter(day) ? Standing.NOT_YET : Standing.IN_FORCE;
    }

    /** Whether somebody should have looked at it again by that day. */
    public boolean reviewDue(LocalDate day) {
        return reviewOn != null && !reviewOn.isAfter(day);
    }
}
