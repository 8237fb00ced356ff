package org.cartulary.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The launcher with an environment of its own: nothing of the caller's but {@code PATH}. Immutable; each {@code with}
 * gives another.
 */
record Launcher(Path script, List<String> prefix, Map<String, String> environment) {

    /** What a finished run left: its exit code and its words. */
    record Run(int exitCode, String out, String err) {}

    /** A launcher in the source tree, with this test's JDK, whose cache and home lie under {@code scratch}. */
    static Launcher under(Path scratch) {
        return at(root().resolve("deploy/cartulary"), scratch);
    }

    static Launcher at(Path script, Path scratch) {
        return new Launcher(
                script,
                List.of("setsid"),
                Map.of(
                        "PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"),
                        "HOME", scratch.resolve("user").toString(),
                        "CARTULARY_JAVA_HOME", System.getProperty("java.home"),
                        "CARTULARY_HOME", scratch.resolve("home").toString(),
                        "CARTULARY_CACHE", scratch.resolve("cache").toString()));
    }

    static Path root() {
        return Path.of(System.getProperty("cartulary.root"));
    }

    Launcher with(String name, Object value) {
        var changed = new TreeMap<>(environment);
        changed.put(name, value.toString());
        return new Launcher(script, prefix, changed);
    }

    Launcher without(String name) {
        var changed = new TreeMap<>(environment);
        changed.remove(name);
        return new Launcher(script, prefix, changed);
    }

    /** Runs the launcher by another command, for example a shell that first sets a limit. */
    Launcher behind(String... words) {
        return new Launcher(script, List.of(words), environment);
    }

    Path cache() {
        return Path.of(environment.get("CARTULARY_CACHE"));
    }

    /** Starts it in a process group of its own; both streams are pipes. */
    Process start(String... arguments) throws IOException {
        return start(ProcessBuilder.Redirect.PIPE, ProcessBuilder.Redirect.PIPE, arguments);
    }

    Run run(String... arguments) {
        try {
            var out = Files.createTempFile("launcher", ".out");
            var err = Files.createTempFile("launcher", ".err");
            try {
                int exitCode = start(
                                ProcessBuilder.Redirect.to(out.toFile()),
                                ProcessBuilder.Redirect.to(err.toFile()),
                                arguments)
                        .waitFor();
                return new Run(exitCode, Files.readString(out), Files.readString(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the launcher ran", e);
        }
    }

    private Process start(ProcessBuilder.Redirect out, ProcessBuilder.Redirect err, String... arguments)
            throws IOException {
        var command = new ArrayList<>(prefix);
        command.add(script.toString());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }
}
