package org.cartulary.verifier.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A witness over HTTP (C2SP tlog-witness): add-checkpoint, and the last checkpoint of each log. */
final class WitnessServer implements AutoCloseable {
    /** Requests answered at once; a submission waits for the one before it anyway. */
    private static final int THREADS = 8;

    /** Whoever sends or takes more slowly than this is let go, so that eight such do not keep the log away. */
    private static final String PATIENCE_SECONDS = "30";

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int CONFLICT = 409;
    private static final int TOO_LARGE = 413;
    private static final int FAULT = 500;

    static {
        // Read once, when the first server of the process is made.
        System.setProperty("sun.net.httpserver.maxReqTime", PATIENCE_SECONDS);
        System.setProperty("sun.net.httpserver.maxRspTime", PATIENCE_SECONDS);
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Witness witness;
    private final PrintStream log;

    private WitnessServer(HttpServer server, Witness witness, PrintStream log) {
        this.server = server;
        this.witness = witness;
        this.log = log;
    }

    /** Listens until it is closed. */
    static WitnessServer start(Witness witness, InetSocketAddress address, PrintStream log) throws IOException {
        WitnessServer serving = new WitnessServer(HttpServer.create(address, 0), witness, log);
        serving.server.createContext("/", serving::answer);
        serving.server.setExecutor(serving.threads);
        serving.server.start();
        return serving;
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/add-checkpoint")) {
                add(exchange);
            } else if (path.matches("/[0-9a-f]{64}/checkpoint")) {
                latest(exchange, path.substring(1, 65));
            } else {
                send(exchange, NOT_FOUND, "text/plain", "A witness has add-checkpoint and <origin hash>/checkpoint\n");
            }
        } catch (IOException | RuntimeException e) {
            log.println("witness: " + e.getMessage());
            send(exchange, FAULT, "text/plain", "The witness failed; its own messages say why\n");
        }
    }

    private void add(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            send(exchange, METHOD_NOT_ALLOWED, "text/plain", "add-checkpoint takes a POST\n");
            return;
        }
        byte[] body = exchange.getRequestBody().readNBytes(Submission.MAX_BYTES + 1);
        if (body.length > Submission.MAX_BYTES) {
            send(exchange, TOO_LARGE, "text/plain", "At most " + Submission.MAX_BYTES + " bytes\n");
            return;
        }
        switch (witness.add(body)) {
            case Outcome.Cosigned cosigned -> send(exchange, OK, "text/plain", String.join("", cosigned.lines()));
            case Outcome.Conflict conflict -> send(exchange, CONFLICT, "text/x.tlog.size", conflict.size() + "\n");
            case Outcome.Refused refused -> {
                log.println("witness: refused (" + refused.status() + "): " + refused.reason());
                send(exchange, refused.status(), "text/plain", refused.reason() + "\n");
            }
        }
    }

    private void latest(HttpExchange exchange, String originHash) throws IOException {
        Optional<byte[]> checkpoint = witness.latest(originHash);
        if (checkpoint.isPresent()) {
            send(exchange, OK, "text/plain", new String(checkpoint.get(), StandardCharsets.UTF_8));
        } else {
            send(exchange, NOT_FOUND, "text/plain", "This witness has cosigned nothing of that log\n");
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", type.startsWith("text/plain") ? type + "; charset=utf-8" : type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
