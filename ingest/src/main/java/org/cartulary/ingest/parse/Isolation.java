package org.cartulary.ingest.parse;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The command that starts a parser process without a network, found by trying.
 *
 * @param command words to put before the program; may be empty
 * @param networkClosed the command gives the process a network namespace of its own, with nothing in it
 * @param sentence what health says
 */
record Isolation(List<String> command, boolean networkClosed, String sentence) {
    private static final long PROBE_SECONDS = 10;
    private static final List<String> NAMESPACE_FLAGS = List.of("-n", "-rn");

    /** Tries what this machine allows, strictest first. */
    static Isolation probe() {
        List<String> dying = tool("setpriv")
                .map(path -> List.of(path, "--pdeathsig", "KILL", "--no-new-privs", "--"))
                .orElse(List.of());
        for (List<String> tail : List.of(dying, List.<String>of())) {
            for (String flags : NAMESPACE_FLAGS) {
                List<String> command = unshare(flags, tail);
                if (!command.isEmpty() && works(command)) {
                    return new Isolation(command, true, "Parser processes have no network (unshare " + flags + ").");
                }
            }
        }
        return new Isolation(
                works(dying) ? dying : List.of(),
                false,
                "Parser processes share the appliance's network: neither \"unshare -n\" nor \"unshare -rn\" is allowed"
                        + " here. Allow unprivileged user namespaces, or start the appliance by systemd with"
                        + " RestrictNamespaces=no.");
    }

    private static List<String> unshare(String flags, List<String> tail) {
        return tool("unshare")
                .map(path -> {
                    List<String> command = new ArrayList<>(List.of(path, flags, "--"));
                    command.addAll(tail);
                    return List.copyOf(command);
                })
                .orElse(List.of());
    }

    private static boolean works(List<String> command) {
        if (command.isEmpty()) {
            return false;
        }
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of("/bin/sh", "-c", "exit 0"));
        try {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Optional<String> tool(String name) {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/bin:/bin:/usr/sbin:/sbin";
        for (String directory : path.split(File.pathSeparator, -1)) {
            Path candidate = Path.of(directory, name);
            if (!directory.isEmpty() && Files.isExecutable(candidate)) {
                return Optional.of(candidate.toAbsolutePath().toString());
            }
        }
        return Optional.empty();
    }
}
