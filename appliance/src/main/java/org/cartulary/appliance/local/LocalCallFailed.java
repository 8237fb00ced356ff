package org.cartulary.appliance.local;

/** The running appliance could not be reached, or broke off. */
public final class LocalCallFailed extends RuntimeException {
    public LocalCallFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
