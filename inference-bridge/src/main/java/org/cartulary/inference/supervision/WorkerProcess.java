package org.cartulary.inference.supervision;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.cartulary.inference.process.ForkedJava;
import org.cartulary.inference.protocol.Connection;
import org.cartulary.inference.protocol.Frame;
import org.cartulary.inference.protocol.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One worker process and the connection to it. */
final class WorkerProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);
    private static final Duration CONNECT = Duration.ofSeconds(60);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Launch launch;
    private final ForkedJava java;
    private final WorkerOutput output;
    private final WorkerLink link;
    private final Watch watch;
    private volatile boolean ended;
    private long stopSeenNanos;

    private WorkerProcess(
            Launch launch,
            ForkedJava java,
            WorkerOutput output,
            Connection connection,
            BiConsumer<WorkerProcess, Message> heard,
            Runnable signal) {
        this.launch = launch;
        this.java = java;
        this.output = output;
        this.watch = new Watch(launch.config().times().hang());
        this.link = new WorkerLink(connection, new Ears(heard, signal), launch.name());
    }

    /**
     * Starts the process and waits for its greeting.
     *
     * @param heard hears what the worker says of itself
     * @param signal called when the connection ended
     * @throws IOException when it does not start, does not connect, or greets wrongly
     */
    static WorkerProcess start(
            Launch launch, SocketDirectory sockets, BiConsumer<WorkerProcess, Message> heard, Runnable signal)
            throws IOException {
        Path socket = sockets.socket(launch.name());
        WorkerOutput output = new WorkerOutput(launch.name());
        ForkedJava java = null;
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket), 1);
            java = ForkedJava.start(launch.process(), launch.settings(socket).toLine(), output::line);
            Connection connection = new Connection(accept(server, java), launch.name());
            greet(launch, connection.receive());
            return new WorkerProcess(launch, java, output, connection, heard, signal);
        } catch (IOException | RuntimeException e) {
            if (java != null) {
                java.close();
            }
            output.explain();
            throw e;
        } finally {
            Files.deleteIfExists(socket);
        }
    }

    WorkerLink link() {
        return link;
    }

    /** Guarded by the supervisor's lock. */
    Watch watch() {
        return watch;
    }

    long pid() {
        return java.pid();
    }

    /** What native code complained of last, to be added to a reason; empty where it did not. */
    String complaint() {
        return output.complaint().map(line -> " (llama.cpp: " + line + ")").orElse("");
    }

    boolean over() {
        return ended || !java.isAlive();
    }

    /** Whether it has had its time to drain since this was first asked. */
    boolean drainIsOver(Duration drain) {
        long now = System.nanoTime();
        stopSeenNanos = stopSeenNanos == 0 ? now : stopSeenNanos;
        return now - stopSeenNanos > drain.toNanos() + 1_000_000_000L;
    }

    /**
     * Ends the process where it still runs, and all calls with the reason; returns the reason in full.
     *
     * @param wanted whether the end was asked for, and needs no explanation in the log
     */
    String end(String reason, boolean wanted) {
        String how =
                java.awaitEnd(ended ? 2000 : 0).map(end -> " (" + end + ")").orElse("");
        boolean byItself = !java.isAlive();
        java.close();
        java.awaitOutput(2000);
        if (byItself) {
            link.awaitRead(LAST_WORDS);
        }
        String full = reason + how + complaint();
        if (!wanted) {
            output.explain();
        }
        link.fail("The " + launch.name() + " worker ended while it worked on this: " + full
                + (wanted ? "." : ". It is being started again; ask once more."));
        if (java.awaitEnd(10_000).isEmpty()) {
            LOG.error("The {} worker {} does not end", launch.name(), java.pid());
        }
        return full;
    }

    @Override
    public void close() {
        java.close();
    }

    private static SocketChannel accept(ServerSocketChannel server, ForkedJava java) throws IOException {
        long deadline = System.nanoTime() + CONNECT.toNanos();
        server.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            server.register(selector, SelectionKey.OP_ACCEPT);
            while (java.isAlive() && System.nanoTime() - deadline < 0) {
                if (selector.select(100) > 0) {
                    SocketChannel channel = server.accept();
                    channel.configureBlocking(true);
                    return channel;
                }
            }
        }
        throw new IOException("the process " + java.awaitEnd(0).orElse("did not connect") + " before it was connected");
    }

    private static void greet(Launch launch, Frame frame) throws IOException {
        if (!(frame.message() instanceof Message.Hello hello)
                || hello.version() != Message.VERSION
                || hello.role() != launch.role()) {
            throw new IOException("it greeted with " + frame + " instead of version " + Message.VERSION
                    + ": appliance and worker are of different builds");
        }
    }

    private final class Ears implements WorkerLink.Listener {
        private final BiConsumer<WorkerProcess, Message> heard;
        private final Runnable signal;

        Ears(BiConsumer<WorkerProcess, Message> heard, Runnable signal) {
            this.heard = heard;
            this.signal = signal;
        }

        @Override
        public void heard(Message message) {
            heard.accept(WorkerProcess.this, message);
        }

        @Override
        public void ended() {
            ended = true;
            signal.run();
        }
    }
}
