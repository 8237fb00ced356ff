package org.cartulary.compliance.keys;

import org.jspecify.annotations.Nullable;

/** A key file is missing, open to others, damaged, or not the one that sealed; the message says which and what to do. */
public final class KeyUnusable extends RuntimeException {
    KeyUnusable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
