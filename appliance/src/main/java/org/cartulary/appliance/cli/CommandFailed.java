package org.cartulary.appliance.cli;

/** A command that could not do its work; the message is for the person at the console. */
final class CommandFailed extends RuntimeException {
    private final int status;

    CommandFailed(String message) {
        this(message, 0);
    }

    CommandFailed(String message, int status) {
        super(message);
        this.status = status;
    }

    /** The appliance's HTTP status, or 0 where it was not the appliance that refused. */
    int status() {
        return status;
    }
}
