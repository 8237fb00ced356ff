package org.cartulary.compliance.timestamp;

/** An authority's answer that proves nothing, and why. */
public final class StampRefused extends RuntimeException {
    StampRefused(String message) {
        super(message);
    }

    StampRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
