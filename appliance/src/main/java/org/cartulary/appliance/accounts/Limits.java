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

    public Limits {
        if ((requestsPerMinute != null && requestsPerMinute < 1) || (questionsPerDay != null && questionsPerDay < 1)) {
            throw new IllegalArgumentException("A limit is at least 1; revoke a key that is to do nothing.");
        }
    }
}
