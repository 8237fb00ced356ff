package org.cartulary.appliance.accounts;

import org.jspecify.annotations.Nullable;

/**
 * How much somebody may ask.
 *
 * @param requestsPerMinute of every kind; null where nothing is said
 * @param questionsPerDay calls that return document text or model output; null where nothing is said
 */
public record Limits(
        @Nullable Integer requestsPerMinute, @Nullable Integer questionsPerDay) {
    public static final Limits NONE = new Limits(null, null);

    /** Whatever lets more through, limit by limit. */
    Limits orWider(Limits other) {
        return new Limits(
                wider(requestsPerMinute, other.requestsPerMinute), wider(questionsPerDay, other.questionsPerDay));
    }

    private static @Nullable Integer wider(@Nullable Integer one, @Nullable Integer other) {
        return one == null || other == null ? null : Integer.valueOf(Math.max(one, other));
    }

    public Limits {
        if ((requestsPerMinute != null && requestsPerMinute < 1) || (questionsPerDay != null && questionsPerDay < 1)) {
            throw new IllegalArgumentException("A limit is at least 1; revoke a key that is to do nothing.");
        }
    }
}
