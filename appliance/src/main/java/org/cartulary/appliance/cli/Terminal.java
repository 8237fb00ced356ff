package org.cartulary.appliance.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Standard output and error of a command. */
final class Terminal {
    private static PrintStream out = System.out;
    private static PrintStream err = System.err;
    private static boolean midLine;

    private Terminal() {}

    /** Puts others in their place, for a command that does not run in a process of its own. */
    static synchronized void redirect(PrintStream output, PrintStream error) {
        out = output;
        err = error;
        midLine = false;
    }

    /** For what the parser of commands says of wrong use. */
    static synchronized PrintWriter error() {
        return new PrintWriter(err, true, StandardCharsets.UTF_8);
    }

    /** For the help that was asked for. */
    static synchronized PrintWriter output() {
        return new PrintWriter(out, true, StandardCharsets.UTF_8);
    }

    /** A result, on standard output. */
    static synchronized void line(String text) {
        out.println(text);
        out.flush();
    }

    /** Text that is not final yet: on standard error, so that standard output holds final results only. */
    static synchronized void provisional(String text) {
        err.print(text);
        err.flush();
        midLine = true;
    }

    /** A remark about progress, on standard error. */
    static synchronized void remark(String text) {
        if (midLine) {
            err.println();
            midLine = false;
        }
        err.println(text);
        err.flush();
    }
}
