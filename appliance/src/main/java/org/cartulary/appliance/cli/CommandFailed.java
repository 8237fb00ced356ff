package org.cartulary.appliance.cli;

/** A command that could not do its work; the message is for the person at the console. */
final class CommandFailed extends RuntimeException {
    CommandFailed(String message) {
        super(message);
    }
}
