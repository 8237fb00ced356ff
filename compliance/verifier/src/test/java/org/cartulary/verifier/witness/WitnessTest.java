package org.cartulary.verifier.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.cartulary.verifier.note.Checkpoint;
import org.cartulary.verifier.note.TrustPolicy;
import org.cartulary.verifier.report.CheckFailed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

    @TempDir
    Path directory;

    private final GrowingLog log = new GrowingLog().grow(5, "entry ");

    @BeforeEach
    void make() throws IOException {
        WitnessKeys.create(directory, "witness.example/ward");
        Witness.trust(directory, GrowingLog.keys());
    }

    @Test
    void cosignsWhatALogHasGrownToWithBothKeys() throws IOException {
        Outcome.Cosigned first = cosigned(log.since(0));
        assertThat(first.lines()).hasSize(2).allMatch(line -> line.startsWith("— witness.example/ward "));
        Outcome.Cosigned second = cosigned(log.grow(13, "entry ").since(5));
        String policy = policy("all");
        Checkpoint checkpoint =
                Checkpoint.open(GrowingLog.bytes(second.checkpoint()), TrustPolicy.parse(policy), "checkpoint");
        assertThat(checkpoint.size()).isEqualTo(13);
        assertThatThrownBy(() -> Checkpoint.open(GrowingLog.bytes(log.note()), TrustPolicy.parse(policy), "checkpoint"))
                .isInstanceOf(CheckFailed.class)
                .hasMessageContaining("cosignatures of the quorum \"both\"")
                .hasMessageContaining("none of a known witness");
    }

    @Test
    void cosignsTheSameCheckpointAgain() throws IOException {
        cosigned(log.since(0));
        assertThat(cosigned(log.since(5)).lines()).hasSize(2);
    }

    @Test
    void tellsWhichSizeItCosignedLast() throws IOException {
        cosigned(log.since(0));
        assertThat(add(log.grow(13, "entry ").since(0))).isEqualTo(new Outcome.Conflict(5));
        assertThat(add(log.since(4))).isEqualTo(new Outcome.Conflict(5));
    }

    @Test
    void refusesAForkAtTheSameSizeAndBeyondAndARollback() throws IOException {
        cosigned(log.since(0));
        GrowingLog fork = new GrowingLog().grow(5, "another ");
        assertThat(refused(fork.since(5)).reason()).contains("another root at the same size");
        assertThat(refused(fork.grow(13, "entry ").since(5)).status()).isEqualTo(422);
        assertThat(add(new GrowingLog().grow(3, "entry ").since(3))).isEqualTo(new Outcome.Conflict(5));
        assertThat(refused(new GrowingLog().grow(3, "entry ").since(5)).status())
                .isEqualTo(400);
        cosigned(log.grow(6, "entry ").since(5));
    }

    @Test
    void refusesAProofThatIsNotNeededOrBentOrCut() throws IOException {
        String body = new String(log.since(0), StandardCharsets.UTF_8);
        String hash = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
        assertThat(refused(GrowingLog.bytes(body.replace("old 0\n", "old 0\n" + hash)))
                        .status())
                .isEqualTo(422);
        cosigned(log.since(0));
        String grown = new String(log.grow(13, "entry ").since(5), StandardCharsets.UTF_8);
        String second = grown.lines().skip(1).findFirst().orElseThrow();
        assertThat(refused(GrowingLog.bytes(grown.replace(second + "\n", ""))).status())
                .isEqualTo(422);
        assertThat(refused(GrowingLog.bytes(grown.replace(second + "\n", hash))).status())
                .isEqualTo(422);
    }

    @Test
    void refusesWhatIsNoSubmissionWhatNoKnownLogSignedAndWhatIsBadlySigned() throws IOException {
        assertThat(refused(GrowingLog.bytes("new 0\n\n" + log.note())).status()).isEqualTo(400);
        assertThat(refused(GrowingLog.bytes("old 00\n\n" + log.note())).status())
                .isEqualTo(400);
        assertThat(refused(GrowingLog.bytes("old 0\n" + log.note())).status()).isEqualTo(400);
        assertThat(refused(new byte[0]).status()).isEqualTo(400);
        String other = log.note().replace(GrowingLog.ORIGIN, "another.invalid/log");
        assertThat(refused(GrowingLog.bytes("old 0\n\n" + other)).status()).isEqualTo(404);
        String bent = log.note().replaceFirst("\n5\n", "\n6\n");
        assertThat(refused(GrowingLog.bytes("old 0\n\n" + bent)).status()).isEqualTo(403);
    }

    @Test
    void refusesWhileItsClockIsSetBack() throws IOException {
        cosigned(log.since(0));
        try (Witness witness = Witness.open(directory, Clock.fixed(NOW.minusSeconds(60), ZoneOffset.UTC))) {
            Outcome outcome = witness.add(log.since(5));
            assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.reason()).contains("clock");
            });
        }
    }

    @Test
    void isHeldByOneProcessAtATimeAndItsKeyIsItsOwnersAlone() throws IOException {
        try (Witness witness = open()) {
            assertThat(witness.logs()).hasSize(1);
            assertThatThrownBy(this::open).hasMessageContaining("in use");
        }
        assertThatThrownBy(() -> WitnessKeys.create(directory, "again")).hasMessageContaining("already");
        Files.setPosixFilePermissions(directory.resolve("witness.key"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(this::open).hasMessageContaining("chmod 600");
    }

    @Test
    void refusesToGoOnWithoutAMemoryThatItsKeysSigned() throws IOException {
        cosigned(log.since(0));
        Path kept = directory
                .resolve("logs")
                .resolve(Witness.originHash(GrowingLog.ORIGIN))
                .resolve("checkpoint");
        Files.writeString(kept, Files.readString(kept).replaceFirst("\n5\n", "\n4\n"));
        assertThatThrownBy(() -> add(log.since(5)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("restore");
    }

    @Test
    void answersOverHttpAsTheProtocolSays() throws Exception {
        try (Witness witness = open();
                WitnessServer server = WitnessServer.start(
                        witness, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), silent());
                HttpClient client = HttpClient.newHttpClient()) {
            String root = "http://127.0.0.1:" + server.address().getPort();
            String path = root + "/" + Witness.originHash(GrowingLog.ORIGIN) + "/checkpoint";
            assertThat(get(client, path).statusCode()).isEqualTo(404);
            HttpResponse<String> cosigned = post(client, root + "/add-checkpoint", log.since(0));
            assertThat(cosigned.statusCode()).isEqualTo(200);
            assertThat(get(client, path).body()).isEqualTo(log.note() + cosigned.body());
            HttpResponse<String> conflict =
                    post(client, root + "/add-checkpoint", log.grow(9, "entry ").since(2));
            assertThat(conflict.statusCode()).isEqualTo(409);
            assertThat(conflict.headers().firstValue("Content-Type")).contains("text/x.tlog.size");
            assertThat(conflict.body()).isEqualTo("5\n");
            assertThat(get(client, root + "/add-checkpoint").statusCode()).isEqualTo(405);
            assertThat(get(client, root + "/../witness.key").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void cosignsAFileByCommandAndSaysWhatToDoWhereItDoesNot() throws IOException {
        Path in = Files.write(directory.resolve("request"), log.since(0));
        Path out = directory.resolve("cosigned");
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        WitnessCommand command = new WitnessCommand(InputStream.nullInputStream(), print(said), print(said));
        assertThat(command.run(List.of("cosign", directory.toString(), "--in", in.toString(), "--out", out.toString())))
                .isZero();
        assertThat(Files.readString(out)).startsWith(log.text());
        Files.write(in, log.grow(7, "entry ").since(1));
        assertThat(command.run(List.of("cosign", directory.toString(), "--in", in.toString(), "--out", "-")))
                .isOne();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("--since 5");
        assertThat(command.run(List.of("show", directory.toString()))).isZero();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("last cosigned at 5 entries");
    }

    private String policy(String members) throws IOException {
        List<String> vkeys = Files.readAllLines(directory.resolve("witness.vkey"));
        return "log " + GrowingLog.keys().getFirst().vkey() + "\nwitness w1 " + vkeys.get(0) + "\nwitness w2 "
                + vkeys.get(1) + "\ngroup both " + members + " w1 w2\nquorum both\n";
    }

    private Witness open() throws IOException {
        return Witness.open(directory, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private Outcome add(byte[] body) throws IOException {
        try (Witness witness = open()) {
            return witness.add(body);
        }
    }

    private Outcome.Cosigned cosigned(byte[] body) throws IOException {
        Outcome outcome = add(body);
        assertThat(outcome).isInstanceOf(Outcome.Cosigned.class);
        return (Outcome.Cosigned) outcome;
    }

    private Outcome.Refused refused(byte[] body) throws IOException {
        Outcome outcome = add(body);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return (Outcome.Refused) outcome;
    }

    private static HttpResponse<String> post(HttpClient client, String uri, byte[] body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(uri))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(HttpClient client, String uri) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static PrintStream silent() {
        return print(new ByteArrayOutputStream());
    }

    private static PrintStream print(ByteArrayOutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }
}
