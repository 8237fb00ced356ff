package org.cartulary.verifier;

/** Starts the command line: see {@link CommandLine}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(System.out, System.err).run(arguments));
    }
}
