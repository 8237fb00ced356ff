package org.cartulary.appliance;

import org.cartulary.appliance.cli.CommandLineFace;

/** Entry point of the process. */
public final class Cartulary {
    private Cartulary() {}

    public static void main(String[] arguments) {
        System.exit(CommandLineFace.run(arguments));
    }
}
