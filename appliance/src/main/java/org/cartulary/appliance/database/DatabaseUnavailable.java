package org.cartulary.appliance.database;

/** PostgreSQL cannot be used; the message says what to do. Nothing is answered without it. */
public final class DatabaseUnavailable extends RuntimeException {
    public DatabaseUnavailable(String message) {
        super(message);
    }

    public DatabaseUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
