package org.cartulary.appliance.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.cartulary.appliance.home.DirectoryTree;
import org.cartulary.appliance.home.OwnerOnlyFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL as a child process: initialised once, reached over loopback with SCRAM and a generated password, restarted
 * when it dies, stopped with the appliance. Thread-safe.
 */
final class EmbeddedPostgres implements AutoCloseable {
    static final String USER = "cartulary";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final Path binaries;
    private final Path directory;
    private final Path data;
    private final Path log;
    private final ChildPrivileges privileges;
    private final int port;
    private final String password;
    private volatile boolean stopping;
    private volatile Process process;

    private EmbeddedPostgres(Path binaries, Path directory, String password) throws IOException {
        this.binaries = binaries;
        this.directory = directory;
        this.data = directory.resolve("data");
        this.log = directory.resolve("postgresql.log");
        this.privileges = ChildPrivileges.forCurrentUser(binaries, directory);
        this.password = password;
        this.port = freePort();
        this.process = launchedAndWatched();
    }

    /** The thread that starts the server must live as long as the server: see {@link #launch}. */
    private Process launchedAndWatched() throws IOException {
        CompletableFuture<Process> launched = new CompletableFuture<>();
        Thread.ofPlatform().name("postgresql-watch").daemon().start(() -> {
            try {
                launched.complete(launch());
            } catch (IOException e) {
                launched.completeExceptionally(e);
                return;
            }
            watch(launched.join());
        });
        try {
            return launched.join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause());
        }
    }

    /**
     * Starts the server of this directory, initialising it first where it is new.
     *
     * @param binaries an unpacked PostgreSQL with pgvector: {@code bin}, {@code lib}, {@code share}
     * @param directory holds data, password and log
     */
    static EmbeddedPostgres start(Path binaries, Path directory) {
        if (!Files.isExecutable(binaries.resolve("bin/postgres"))) {
            throw new DatabaseUnavailable("PostgreSQL is missing at " + binaries
                    + ": run deploy/cartulary setup, or name a server of your own by cartulary.database.url.");
        }
        try {
            Files.createDirectories(directory);
            String password = password(directory.resolve("password"));
            Path data = directory.resolve("data");
            if (!Files.exists(data.resolve("PG_VERSION"))) {
                initialise(binaries, directory, password);
            }
            LeftoverPostgres.stop(data);
            return new EmbeddedPostgres(binaries, directory, password);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "PostgreSQL could not be started in " + directory + ": " + e.getMessage(), e);
        }
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    String password() {
        return password;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    Path log() {
        return log;
    }

    private static String password(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            OwnerOnlyFile.write(file, HexFormat.of().formatHex(random));
        }
        return Files.readString(file).strip();
    }

    /** Into a directory beside the final one, renamed when complete, so that a killed initdb leaves nothing half-made. */
    private static void initialise(Path binaries, Path directory, String password) throws IOException {
        Path fresh = directory.resolve("data.new");
        DirectoryTree.delete(fresh);
        Files.createDirectory(fresh);
        Path passwordFile = directory.resolve("initdb-password");
        OwnerOnlyFile.write(passwordFile, password);
        ChildPrivileges privileges = ChildPrivileges.forCurrentUser(binaries, directory);
        try {
            privileges.giveTo(fresh);
            privileges.giveTo(passwordFile);
            List<String> command = new ArrayList<>(privileges.prefix());
            command.addAll(List.of(
                    binaries.resolve("bin/initdb").toString(),
                    "--pgdata=" + fresh,
                    "--username=" + USER,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--data-checksums"));
            run(command, directory);
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        Files.move(fresh, directory.resolve("data"));
    }

    private static void run(List<String> command, Path directory) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        int exit = awaited(process);
        if (exit != 0) {
            throw new DatabaseUnavailable(
                    "PostgreSQL could not be initialised in " + directory + " (exit " + exit + "): " + output.strip());
        }
    }

    private Process launch() throws IOException {
        // A session of its own: Ctrl-C on the console is for the appliance, which then stops the server in good order.
        // The
        // kernel asks the server to stop when the watching thread is gone: then the appliance was killed.
        List<String> command = new ArrayList<>(List.of("setsid", "setpriv", "--pdeathsig", "INT"));
        command.addAll(privileges.options());
        command.add(binaries.resolve("bin/postgres").toString());
        command.add("-D");
        command.add(data.toString());
        PostgresSettings.embedded(port, binaries).forEach((name, value) -> {
            command.add("-c");
            command.add(name + "=" + value);
        });
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** A database that dies is started again on the same port: the pool reconnects and nothing above it changes. */
    private void watch(Process first) {
        int quickDeaths = 0;
        Process current = first;
        while (!stopping) {
            Instant started = Instant.now();
            int exit = awaited(current);
            if (stopping) {
                return;
            }
            quickDeaths = Duration.between(started, Instant.now()).toSeconds() < 10 ? quickDeaths + 1 : 0;
            LOG.error("PostgreSQL ended unexpectedly (exit {}); it is started again. Its log: {}", exit, log);
            if (quickDeaths > 1) {
                LOG.error("PostgreSQL does not stay up; nothing can be answered until it does. Read {}", log);
            }
            if (!restart(quickDeaths)) {
                return;
            }
            current = process;
        }
    }

    /** Never gives up: a disk that was full has room again one day, and nobody should have to restart the appliance. */
    private boolean restart(int quickDeaths) {
        try {
            TimeUnit.MILLISECONDS.sleep(Math.min(LONGEST_PAUSE_MILLIS, 200L << Math.min(quickDeaths, 5)));
            synchronized (this) {
                if (!stopping) {
                    process = launch();
                }
            }
            return true;
        } catch (IOException e) {
            LOG.error("PostgreSQL cannot be started again yet", e);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        }
    }

    private static int awaited(Process process) {
        boolean interrupted = false;
        while (true) {
            try {
                int exit = process.waitFor();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                return exit;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    /** Stops watching but leaves the process running: what kill -9 of the appliance does. For tests. */
    void abandon() {
        stopping = true;
    }

    /** A fast shutdown: sessions are ended, everything committed is kept. */
    @Override
    public synchronized void close() {
        stopping = true;
        LeftoverPostgres.signalFastShutdown(process.pid());
        try {
            if (!process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("PostgreSQL did not stop in {} and is killed; it recovers at the next start", STOP_PATIENCE);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
