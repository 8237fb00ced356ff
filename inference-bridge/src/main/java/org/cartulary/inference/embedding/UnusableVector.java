package org.cartulary.inference.embedding;

/** An engine's numbers are wrong: not finite, or all zero. They are never returned. */
public final class UnusableVector extends RuntimeException {
    UnusableVector(String message) {
        super(message);
    }
}
