package org.cartulary.appliance.home;

import java.nio.file.Path;

/** Another process holds the home; two writers would spoil each other's work. */
public final class HomeTaken extends RuntimeException {
    public HomeTaken(Path home) {
        super("An appliance runs on " + home
                + " already: stop it first, or name another home by CARTULARY_HOME. Commands such as ask and ingest use"
                + " the running one.");
    }
}
