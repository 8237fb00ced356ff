package org.cartulary.appliance.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code serve} in a process of its own, for tests that kill things. */
public final class ServeProcess implements AutoCloseable {
    private static final AtomicInteger ROBOTS = new AtomicInteger();
    private static final String READY = "Cartulary is at ";

    private final Process process;
    private final CompletableFuture<String> err;
    private final String address;
    private final Path home;

    private ServeProcess(Process process, CompletableFuture<String> err, String address, Path home) {
        this.process = process;
        this.err = err;
        this.address = address;
        this.home = home;
    }

    /** Starts it on a free port and waits until it says that it serves. */
    public static ServeProcess start(Path home, Map<String, String> environment) {
        return startUnder(List.of(), home, environment);
    }

    /** As {@link #start}, under a wrapper that becomes the appliance. */
    public static ServeProcess startUnder(List<String> wrapper, Path home, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.putIfAbsent("CARTULARY_HTTP_PORT", "-1");
        Process process = CommandProcess.start(wrapper, home, all, "serve");
        CompletableFuture<String> err = CommandProcess.errorsOf(process);
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        try {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(READY)) {
                    return new ServeProcess(process, err, line.substring(READY.length()), home);
                }
            }
            throw new AssertionError("serve ended before it served: " + err.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client of a service of its own, with a fresh key. */
    public RestClient client() {
        return new RestClient(address, new ConsoleCalls(home).keyOfNewService("robot" + ROBOTS.incrementAndGet()));
    }

    /** As {@link #client()}, by commands under a wrapper that lets the command reach the home. */
    public RestClient client(List<String> wrapper) {
        String name = "robot" + ROBOTS.incrementAndGet();
        CommandProcess.runUnder(wrapper, home, "people", "add", name, "--service", "--role", "service");
        String key = CommandProcess.runUnder(
                        wrapper,
                        home,
                        "keys",
                        "issue",
                        name,
                        "--scope",
                        "ask",
                        "--scope",
                        "curate",
                        "--scope",
                        "generate")
                .out()
                .strip();
        return new RestClient(address, key);
    }

    /** What {@code kill -9} does, returning when the process is gone. Its children are left to themselves. */
    public void kill() {
        await(process.toHandle(), true);
    }

    public long pid() {
        return process.pid();
    }

    /** A file of this process's own view of the file system, which may have mounts that others do not see. */
    public Path inItsView(Path file) {
        return Path.of("/proc", Long.toString(process.pid()), "root")
                .resolve(Path.of("/").relativize(file));
    }

    public static void kill(ProcessHandle victim) {
        await(victim, true);
    }

    private static void await(ProcessHandle victim, boolean forcibly) {
        boolean _ = forcibly ? victim.destroyForcibly() : victim.destroy();
        try {
            victim.onExit().get(60, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("Process " + victim.pid() + " did not end", e);
        }
    }

    /** Standard error; complete only after the process ended. */
    public String err() {
        return err.join();
    }

    /** An orderly stop, as systemd asks for it. */
    @Override
    public void close() {
        if (process.isAlive()) {
            await(process.toHandle(), false);
        }
    }
}
