package org.cartulary.compliance.timestamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A time-stamping authority as a house can run one: {@code openssl ts} behind a small HTTP server, with a CA of its own. */
final class OpensslAuthority implements AutoCloseable {
    private static final String CONFIG = """
            [tsa]
            default_tsa = house
            [house]
            serial = serial
            default_policy = 1.2.3.4.1
            digests = DIGESTS
            accuracy = secs:1
            ess_cert_id_chain = no
            ess_cert_id_alg = sha256
            signer_digest = sha256
            [stamper]
            basicConstraints = critical,CA:FALSE
            keyUsage = critical,digitalSignature
            extendedKeyUsage = critical,timeStamping
            [plain]
            basicConstraints = critical,CA:FALSE
            keyUsage = critical,digitalSignature
            extendedKeyUsage = critical,codeSigning
            """;

    private final Path desk;
    private final AtomicInteger files = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile UnaryOperator<byte[]> answer = this::reply;
    private @Nullable HttpServer server;

    /** @param desk an empty directory of its own */
    OpensslAuthority(Path desk) throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "needs openssl");
        this.desk = desk;
        Files.writeString(desk.resolve("tsa.cnf"), CONFIG.replace("DIGESTS", "sha256"));
        Files.writeString(desk.resolve("strict.cnf"), CONFIG.replace("DIGESTS", "sha512"));
        Files.writeString(desk.resolve("serial"), "01\n");
        certify("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -days 30"
                + " -subj /CN=House -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign");
        issue("stamper");
        issue("plain");
    }

    private void issue(String name) throws IOException {
        certify("req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout " + name + ".key -out " + name
                + ".csr -subj /CN=" + name);
        certify("x509 -req -in " + name + ".csr -CA ca.pem -CAkey ca.key -set_serial 7 -days 20 -extfile tsa.cnf"
                + " -extensions " + name + " -out " + name + ".pem");
    }

    private void certify(String command) throws IOException {
        openssl(List.of(command.split(" ", -1)));
    }

    TrustedAuthority trusted() throws IOException {
        return TrustedAuthority.read(Files.readAllBytes(desk.resolve("ca.pem")));
    }

    Path file(String name) {
        return desk.resolve(name);
    }

    /** What the authority answers to a question. */
    byte[] reply(byte[] query) {
        return reply(query, "tsa.cnf");
    }

    /** What one answers that takes other digests only. */
    byte[] refusal(byte[] query) {
        return reply(query, "strict.cnf");
    }

    private byte[] reply(byte[] query, String config) {
        int number = files.incrementAndGet();
        Path in = desk.resolve(number + ".tsq");
        Path out = desk.resolve(number + ".tsr");
        try {
            Files.write(in, query);
            openssl(List.of(
                    "ts",
                    "-reply",
                    "-config",
                    config,
                    "-queryfile",
                    in.toString(),
                    "-signer",
                    "stamper.pem",
                    "-inkey",
                    "stamper.key",
                    "-out",
                    out.toString()));
            return Files.readAllBytes(out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs openssl in this desk; what it says. */
    String openssl(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/openssl"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(desk.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue()).as(said).isZero();
        return said;
    }

    /** Answers otherwise from now on. */
    void answer(UnaryOperator<byte[]> otherwise) {
        answer = otherwise;
    }

    int requests() {
        return requests.get();
    }

    /** Listens on a free port; its address. */
    URI serve() throws IOException {
        HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listening.createContext("/stamp", this::serve);
        listening.start();
        server = listening;
        return URI.create("http://127.0.0.1:" + listening.getAddress().getPort() + "/stamp");
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            assertThat(exchange.getRequestHeaders().getFirst("Content-Type")).isEqualTo("application/timestamp-query");
            byte[] bytes = answer.apply(exchange.getRequestBody().readAllBytes());
            exchange.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
    }
}
