package org.cartulary.inference.embedding;

/** An engine's numbers went wrong in this process or on this processor; it must not serve. */
public final class SelfCheckFailed extends RuntimeException {
    SelfCheckFailed(String message) {
        super(message);
    }
}
