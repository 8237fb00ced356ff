package org.cartulary.inference;

/** A model could not do its work: its worker died, hung, or is not up. The message says what to do. */
public final class InferenceFailed extends RuntimeException {
    public InferenceFailed(String message) {
        super(message);
    }

    public InferenceFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
