package org.cartulary.compliance.evidence;

import org.jspecify.annotations.Nullable;

/**
 * The log cannot be written or proved right now, so nothing may be answered. The message says what failed and what the
 * operator does about it; {@link LogStatus} says whether the log tries again by itself.
 */
public final class EvidenceUnavailable extends RuntimeException {
    EvidenceUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    EvidenceUnavailable(String message) {
        super(message);
    }
}
