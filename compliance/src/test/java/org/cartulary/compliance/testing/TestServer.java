package org.cartulary.compliance.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The one PostgreSQL server of a test JVM: initialised, started on a free loopback port, and ended with the JVM. */
final class TestServer {
    static final String USER = "cartulary";
    private static final String READY = "database system is ready to accept connections";
    private static final int KEPT_LOG_LINES = 200;
    private static final int START_ATTEMPTS = 3;
    private static final long START_SECONDS = 60;

    private static final AtomicReference<@Nullable TestServer> RUNNING = new AtomicReference<>();

    private final ServerFiles files;
    private final Process process;
    private final int port;
    private final String password;

    private TestServer(ServerFiles files, Process process, int port, String password) {
        this.files = files;
        this.process = process;
        this.port = port;
        this.password = password;
    }

    static TestServer running() {
        synchronized (RUNNING) {
            TestServer server = RUNNING.get();
            if (server == null) {
                server = start();
                RUNNING.set(server);
            }
            return server;
        }
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    String password() {
        return password;
    }

    private static TestServer start() {
        try {
            ServerFiles files = ServerFiles.create();
            byte[] random = new byte[16];
            new java.security.SecureRandom().nextBytes(random);
            String password = HexFormat.of().formatHex(random);
            files.initialise(USER, password);
            for (int attempt = 1; ; attempt++) {
                int port = freePort();
                Deque<String> log = new ArrayDeque<>();
                Process process = launch(files, port);
                if (becomesReady(process, log)) {
                    TestServer server = new TestServer(files, process, port, password);
                    Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "test-postgres-stop"));
                    return server;
                }
                if (attempt == START_ATTEMPTS) {
                    throw new IllegalStateException("PostgreSQL did not start; it said:\n" + String.join("\n", log));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The test server could not be made", e);
        }
    }

    /**
     * Starts the server from a platform thread that never ends: the kernel sends the parent-death signal when the
     * starting thread dies, not only when its process does. SIGINT is PostgreSQL's fast shutdown.
     */
    private static Process launch(ServerFiles files, int port) throws IOException {
        List<String> command = new ArrayList<>(files.asServerUser(List.of("--pdeathsig", "INT")));
        command.addAll(List.of(files.binary("postgres"), "-D", files.data().toString()));
        settings(port).forEach(setting -> command.addAll(List.of("-c", setting)));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(files.base().toFile()).redirectErrorStream(true);
        AtomicReference<@Nullable Process> started = new AtomicReference<>();
        AtomicReference<@Nullable IOException> failed = new AtomicReference<>();
        CountDownLatch launched = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("test-postgres-parent").start(() -> {
            try {
                Process process = builder.start();
                started.set(process);
                launched.countDown();
                process.waitFor();
            } catch (IOException e) {
                failed.set(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                launched.countDown();
            }
        });
        await(launched);
        Process process = started.get();
        if (process == null) {
            throw new IOException("PostgreSQL could not be launched: " + command, failed.get());
        }
        return process;
    }

    private static List<String> settings(int port) {
        return List.of(
                "listen_addresses=127.0.0.1",
                "port=" + port,
                "unix_socket_directories=",
                "max_connections=500",
                "shared_buffers=64MB",
                "fsync=off",
                "full_page_writes=off",
                "log_timezone=UTC",
                "timezone=UTC");
    }

    private static boolean becomesReady(Process process, Deque<String> log) {
        CountDownLatch ready = new CountDownLatch(1);
        AtomicBoolean up = new AtomicBoolean();
        Thread.ofPlatform().daemon().name("test-postgres-log").start(() -> {
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    keep(log, line);
                    if (line.contains(READY)) {
                        up.set(true);
                        ready.countDown();
                    }
                }
            } catch (IOException e) {
                keep(log, "the log ended: " + e.getMessage());
            } finally {
                ready.countDown();
            }
        });
        await(ready);
        return up.get();
    }

    private static void keep(Deque<String> log, String line) {
        synchronized (log) {
            log.addLast(line);
            if (log.size() > KEPT_LOG_LINES) {
                log.removeFirst();
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(START_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("PostgreSQL did not start within " + START_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while PostgreSQL started", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Immediate shutdown: nothing in a test server is worth a checkpoint, and its files go at once. */
    private void stop() {
        signalQuit();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        files.delete();
    }

    private void signalQuit() {
        try {
            new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
