package org.cartulary.retrieval.index;

/** An index cannot be made, switched to or dropped now; the message says why and what to do. */
public final class IndexRefused extends RuntimeException {
    public IndexRefused(String message) {
        super(message);
    }

    public IndexRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
