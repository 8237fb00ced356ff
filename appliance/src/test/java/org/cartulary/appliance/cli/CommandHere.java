package org.cartulary.appliance.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.cartulary.appliance.testing.CommandProcess.Outcome;

/**
 * Runs a command within the test's own process, which spares the seconds of a start. It calls the appliance through its socket
 * as any other; what environment, exit and help do, tests of processes show.
 */
final class CommandHere {
    private static final PrintStream OUT = System.out;
    private static final PrintStream ERR = System.err;

    private CommandHere() {}

    static synchronized Outcome run(Path home, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal.redirect(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            String[] atHome = Stream.concat(Stream.of(arguments), Stream.of("--home", home.toString()))
                    .toArray(String[]::new);
            int exitCode = CommandLineFace.run(atHome);
            return new Outcome(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            Terminal.redirect(OUT, ERR);
        }
    }
}
