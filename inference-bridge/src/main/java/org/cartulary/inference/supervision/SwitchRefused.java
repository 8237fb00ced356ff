package org.cartulary.inference.supervision;

/** A model that was not put in place of another, which goes on serving; the message says why and what to do. */
public final class SwitchRefused extends RuntimeException {
    SwitchRefused(String message) {
        super(message);
    }

    SwitchRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
