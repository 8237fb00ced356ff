package org.cartulary.appliance.cli;

import java.io.PrintStream;

/** Standard output and error of a command. */
final class Terminal {
    private static final PrintStream OUT = System.out;
    private static final PrintStream ERR = System.err;
    private static boolean midLine;

    private Terminal() {}

    /** A result, on standard output. */
    static synchronized void line(String text) {
        OUT.println(text);
        OUT.flush();
    }

    /** Text that is not final yet: on standard error, so that standard output holds final results only. */
    static synchronized void provisional(String text) {
        ERR.print(text);
        ERR.flush();
        midLine = true;
    }

    /** A remark about progress, on standard error. */
    static synchronized void remark(String text) {
        if (midLine) {
            ERR.println();
            midLine = false;
        }
        ERR.println(text);
        ERR.flush();
    }
}
