package org.cartulary.appliance.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The standalone verifier, run as a stranger runs it: its jar alone, in a process of its own. */
public final class Verifier {
    private Verifier() {}

    /** Returns the exit code: 0 when every check held, 1 when one failed. */
    public static int run(Object... arguments) {
        try {
            return new ProcessBuilder(command(arguments))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What it prints, given something on its standard input; what it says on standard error goes to that of the test. */
    public static String printed(String in, Object... arguments) {
        try {
            Process process = new ProcessBuilder(command(arguments))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (OutputStream to = process.getOutputStream()) {
                to.write(in.getBytes(StandardCharsets.UTF_8));
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Object... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dstdout.encoding=UTF-8",
                "-jar",
                Checkout.verifierJar().toString()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    public static Path key(Path home) {
        return home.resolve("log").resolve("log.vkey");
    }
}
