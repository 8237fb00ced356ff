package org.cartulary.appliance.cli;

import picocli.CommandLine.Option;

/** Whom a command means by WHO: groups have names of their own, so one can be called what a person is called. */
final class WhoOption {
    static final String NAME = "Name or id of a person or a service; of a group, with --group.";

    @Option(names = "--group", description = "WHO is a group.")
    private boolean group;

    String idOf(Console console, String who) {
        return group ? console.groupIdOf(who) : console.idOf(who);
    }
}
