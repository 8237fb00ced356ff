package org.cartulary.appliance.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that a killed appliance left running on our data directory: it is stopped before a new one starts. */
final class LeftoverPostgres {
    private static final Logger LOG = LoggerFactory.getLogger(LeftoverPostgres.class);

    private LeftoverPostgres() {}

    static void stop(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        List<String> lines = Files.readAllLines(pidFile);
        Optional<ProcessHandle> left = lines.isEmpty() ? Optional.empty() : serverOf(lines.getFirst(), data);
        if (left.isEmpty()) {
            return;
        }
        LOG.warn(
                "A PostgreSQL of an earlier run (process {}) still runs on {}; it is stopped",
                left.get().pid(),
                data);
        signalFastShutdown(left.get().pid());
        try {
            left.get().onExit().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new DatabaseUnavailable(
                    "The PostgreSQL of an earlier run (process " + left.get().pid()
                            + ") does not stop: end it by hand, then start again.",
                    e);
        }
    }

    /** The process, only if it is a server of this very data directory: pids are used again after a reboot. */
    private static Optional<ProcessHandle> serverOf(String pid, Path data) {
        return ProcessHandle.of(Long.parseLong(pid.strip()))
                .filter(ProcessHandle::isAlive)
                .filter(handle -> {
                    try {
                        return Files.readString(Path.of("/proc", Long.toString(handle.pid()), "cmdline"))
                                .contains(data.toString());
                    } catch (IOException e) {
                        return false;
                    }
                });
    }

    /** SIGINT is PostgreSQL's "fast" shutdown; Java's destroy() would be SIGTERM, which waits for sessions to end. */
    static void signalFastShutdown(long pid) {
        try {
            int exit = new ProcessBuilder("kill", "-INT", Long.toString(pid))
                    .start()
                    .waitFor();
            if (exit != 0) {
                LOG.debug("Process {} was gone before it could be told to stop", pid);
            }
        } catch (IOException e) {
            LOG.warn("Process {} could not be told to stop", pid, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
