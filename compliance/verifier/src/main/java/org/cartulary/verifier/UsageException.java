package org.cartulary.verifier;

/** Wrong use of the command line; the message says what to do instead. */
final class UsageException extends RuntimeException {
    UsageException(String message) {
        super(message, null, false, false);
    }
}
