package org.cartulary.compliance.evidence;

import org.jspecify.annotations.Nullable;

/** An older copy of the database cannot be brought back to the published log; nothing was changed. The message says what to do. */
public final class RestoreRefused extends RuntimeException {
    public RestoreRefused(String message) {
        this(message, null);
    }

    RestoreRefused(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
