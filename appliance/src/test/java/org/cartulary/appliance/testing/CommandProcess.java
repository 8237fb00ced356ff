package org.cartulary.appliance.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cartulary.appliance.home.DirectoryTree;

/** Commands as the launcher runs them: each in a JVM of its own. */
public final class CommandProcess {
    private static final int PATIENCE_SECONDS = 180;

    private static boolean trained;

    private CommandProcess() {}

    /** What a command left. */
    public record Outcome(int exitCode, String out, String err) {}

    /** Runs a command on a home to its end. */
    public static Outcome run(Path home, String... arguments) {
        return run(home, Map.of(), arguments);
    }

    /** As {@link #run(Path, String...)}, with more environment. */
    public static Outcome run(Path home, Map<String, String> environment, String... arguments) {
        return finished(start(List.of(), home, environment, arguments));
    }

    /** As {@link #run(Path, String...)}, given something on its standard input. */
    public static Outcome runWith(String in, Path home, String... arguments) {
        Process process = start(List.of(), home, Map.of(), arguments);
        try (OutputStream to = process.getOutputStream()) {
            to.write(in.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return finished(process);
    }

    /** As {@link #run(Path, String...)}, under a wrapper such as {@code unshare -n}. */
    public static Outcome runUnder(List<String> wrapper, Path home, String... arguments) {
        return finished(start(wrapper, home, Map.of(), arguments));
    }

    static Process start(List<String> wrapper, Path home, Map<String, String> environment, String... arguments) {
        trainOnce();
        return start(wrapper, SharedClasses.options(), home, environment, arguments);
    }

    /** A first appliance comes up, takes a document in and ends: all that the others load has been loaded then. */
    private static synchronized void trainOnce() {
        if (trained) {
            return;
        }
        trained = true;
        try {
            Path home = Files.createTempDirectory("cartulary-training-");
            Path document = Files.writeString(home.resolve("training.txt"), "The spare key hangs on hook 14.");
            Outcome outcome = finished(start(
                    List.of(),
                    SharedClasses.training(),
                    Files.createDirectory(home.resolve("home")),
                    Map.of("CARTULARY_HTTP_PORT", "-1"),
                    "ingest",
                    document.toString(),
                    "--collection",
                    "training"));
            DirectoryTree.delete(home);
            if (outcome.exitCode() != 0) {
                throw new AssertionError("The first appliance of the tests did not work: " + outcome.err());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process start(
            List<String> wrapper,
            List<String> options,
            Path home,
            Map<String, String> environment,
            String... arguments) {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                // Most live for seconds, in which the second compiler costs more than it gains.
                "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of(
                "-Dcartulary.demo=" + Checkout.demo(),
                "-Dcartulary.verifier=" + Checkout.verifierJar(),
                "-cp",
                SharedClasses.classPath(),
                "org.cartulary.appliance.Cartulary"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CARTULARY_HOME", home.toString());
        builder.environment().put("CARTULARY_CACHE", Checkout.cache().toString());
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Outcome finished(Process process) {
        CompletableFuture<String> err = errorsOf(process);
        String out = text(process.getInputStream());
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("The command did not end in " + PATIENCE_SECONDS + " s: " + err.join());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return new Outcome(process.exitValue(), out, err.join());
    }

    /** Read on a thread of its own: the common pool has as few threads as the machine has cores. */
    static CompletableFuture<String> errorsOf(Process process) {
        return CompletableFuture.supplyAsync(
                () -> text(process.getErrorStream()), task -> Thread.ofVirtual().start(task));
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
