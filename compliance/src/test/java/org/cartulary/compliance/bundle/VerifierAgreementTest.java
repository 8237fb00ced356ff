package org.cartulary.compliance.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.LogFixture;
import org.cartulary.compliance.evidence.Receipt;
import org.cartulary.compliance.testing.PostgresExtension;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writer and verifier were written apart, from the same format text; here they meet, by the command line alone. */
class VerifierAgreementTest {
    private final Jdbi jdbi = PostgresExtension.database("compliance");

    @TempDir
    private Path home;

    @TempDir
    private Path desk;

    private LogFixture fixture;
    private String output = "";

    @BeforeEach
    void open() throws IOException {
        fixture = LogFixture.open(jdbi, home);
        Files.writeString(desk.resolve("log.vkey"), fixture.log().vkey() + "\n");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void export(long from, long to) {
        new BundleExporter(fixture.log(), Clock.systemUTC()).export(desk.resolve("bundle.zip"), from, to);
    }

    private int verify() throws IOException {
        return run("verify", "bundle.zip", "--key", "log.vkey");
    }

    private int run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.cartulary.verifier.Main"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(desk.toFile())
                .redirectErrorStream(true)
                .start();
        output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.onExit().join().exitValue();
    }

    private long question(EntryType end) {
        long number = fixture.newNumber();
        fixture.append(
                EntryType.ASKED, number, Map.of("act", "ask"), Map.of("question", "Wer zahlt? \u20ac\ud83d\ude00"));
        fixture.append(EntryType.RETRIEVED, number, Map.of("hits", 3L), Map.of("scores", new double[] {0.1, 1e-9}));
        return fixture.append(end, number, Map.of("reason", "done"), Map.of());
    }

    @Test
    void theVerifierAcceptsWhatTheExporterWrites() throws IOException {
        for (int i = 0; i < 100; i++) {
            question(i % 2 == 0 ? EntryType.ANSWERED : EntryType.ABSTAINED);
        }
        fixture.append(EntryType.ASKED, fixture.newNumber(), Map.of("act", "search"), Map.of());
        fixture.receipt(fixture.appendStarted());
        export(0, 302);
        assertThat(verify()).as(output).isZero();
    }

    @Test
    void theVerifierAcceptsAPartOfTheLogAndADestroyedPayload() throws IOException {
        fixture.receipt(question(EntryType.ANSWERED));
        fixture.receipt(question(EntryType.FAILED));
        fixture.keys().destroy(0);
        export(0, 3);
        assertThat(verify()).as(output).isZero();
        export(3, 6);
        assertThat(verify()).as(output).isZero();
    }

    @Test
    void theVerifierAcceptsAReceiptAndTheLogDirectory() throws IOException {
        question(EntryType.ANSWERED);
        Receipt receipt = fixture.receipt(question(EntryType.CANCELLED));
        Files.writeString(desk.resolve("5.tlog-proof"), receipt.proof());
        Files.writeString(desk.resolve("5.json"), receipt.recordJson());

        assertThat(run("verify-receipt", "5.tlog-proof", "--record", "5.json", "--key", "log.vkey"))
                .as(output)
                .isZero();
        assertThat(run("fsck", home.resolve("log").toString(), "--key", "log.vkey"))
                .as(output)
                .isZero();
    }

    @Test
    void withBothKeysTheVerifierAsksForBothSignaturesAndNamesThem() throws IOException {
        Receipt receipt = fixture.receipt(question(EntryType.ANSWERED));
        Files.copy(home.resolve("log/log-ml-dsa-44.vkey"), desk.resolve("second.vkey"));
        Files.writeString(
                desk.resolve("both.vkey"),
                Files.readString(desk.resolve("log.vkey")) + Files.readString(desk.resolve("second.vkey")));
        Files.writeString(desk.resolve("2.json"), receipt.recordJson());
        Files.writeString(desk.resolve("2.tlog-proof"), receipt.proof());
        export(0, 3);

        for (List<String> keys :
                List.of(List.of("--key", "both.vkey"), List.of("--key", "log.vkey", "--key", "second.vkey"))) {
            assertThat(runWith(keys, "verify", "bundle.zip")).as(output).isZero();
            assertThat(output).contains("(Ed25519) and ").contains("(ML-DSA-44)");
            assertThat(runWith(keys, "verify-receipt", "2.tlog-proof", "--record", "2.json"))
                    .as(output)
                    .isZero();
            assertThat(output).contains("(Ed25519) and ").contains("(ML-DSA-44)");
        }
        Files.writeString(desk.resolve("2.tlog-proof"), withoutLastLine(receipt.proof()));
        assertThat(runWith(List.of("--key", "both.vkey"), "verify-receipt", "2.tlog-proof", "--record", "2.json"))
                .isEqualTo(1);
        assertThat(output).contains("a signature by the log's ML-DSA-44 key");
        assertThat(runWith(List.of("--key", "log.vkey"), "verify-receipt", "2.tlog-proof", "--record", "2.json"))
                .as(output)
                .isZero();
        assertThat(output).contains("(Ed25519)").doesNotContain("ML-DSA-44");
    }

    @Test
    void aCheckpointWhoseSecondSignatureIsBentFailsWithBothKeysAlone() throws IOException {
        fixture.receipt(question(EntryType.ANSWERED));
        fixture.awaitFiles();
        Path checkpoint = home.resolve("log/checkpoint");
        List<String> lines = new ArrayList<>(Files.readAllLines(checkpoint));
        String bent = lines.getLast();
        char last = bent.charAt(bent.length() - 10);
        lines.set(
                lines.size() - 1,
                bent.substring(0, bent.length() - 10) + (last == 'A' ? 'B' : 'A') + bent.substring(bent.length() - 9));
        Files.write(checkpoint, lines);
        List<String> both = List.of(
                "--key",
                "log.vkey",
                "--key",
                home.resolve("log/log-ml-dsa-44.vkey").toString());

        assertThat(runWith(both, "fsck", home.resolve("log").toString())).isEqualTo(1);
        assertThat(output).contains("one that does not verify");
        assertThat(run("fsck", home.resolve("log").toString(), "--key", "log.vkey"))
                .as(output)
                .isZero();
    }

    private int runWith(List<String> keys, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(keys);
        return run(all.toArray(String[]::new));
    }

    private static String withoutLastLine(String text) {
        return text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1);
    }

    @Test
    void theVerifierAcceptsABundleWithoutEntries() throws IOException {
        export(0, 0);
        assertThat(verify()).as(output).isZero();
    }

    @Test
    void theVerifierRefusesAFlippedByte() throws IOException {
        fixture.receipt(question(EntryType.ANSWERED));
        export(0, 3);
        byte[] zip = Files.readAllBytes(desk.resolve("bundle.zip"));
        zip[zip.length / 2] ^= 1;
        Files.write(desk.resolve("bundle.zip"), zip);
        assertThat(verify()).as(output).isEqualTo(1);
    }

    @Test
    void theVerifierFollowsTheShardsOfALog() throws IOException {
        long open = fixture.newNumber();
        fixture.append(EntryType.ASKED, open, Map.of("act", "ask"), Map.of());
        fixture.log().beginShard(Duration.ofSeconds(30));
        fixture.append(EntryType.ANSWERED, open, Map.of(), Map.of());
        fixture.log().beginShard(Duration.ofSeconds(30));
        fixture.receipt(question(EntryType.ANSWERED));
        fixture.awaitFiles();
        Path log = home.resolve("log");
        String first = fixture.log().shards().getFirst().name();
        Files.copy(log.resolve("log.vkey"), desk.resolve("last.vkey"));

        assertThat(run("fsck", log.toString(), "--key", "last.vkey")).as(output).isZero();
        assertThat(output).contains("2 links");
        export(0, 4);
        assertThat(run("verify", "bundle.zip", "--key", "last.vkey")).as(output).isZero();
        Files.copy(log.resolve(first).resolve("log.vkey"), desk.resolve("first.vkey"));
        new BundleExporter(fixture.log(), Clock.systemUTC())
                .export(desk.resolve("first.zip"), fixture.log().published(first), 0, 2);
        assertThat(run("verify", "first.zip", "--key", "first.vkey")).as(output).isZero();

        Path bundle = log.resolve(first).resolve("tile/entries/000.p/2");
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[20] ^= 1;
        Files.write(bundle, bytes);
        assertThat(run("fsck", log.toString(), "--key", "last.vkey")).as(output).isEqualTo(1);
        bytes[20] ^= 1;
        Files.write(bundle, bytes);
        Files.move(log.resolve(first), desk.resolve("elsewhere"));
        assertThat(run("fsck", log.toString(), "--key", "last.vkey")).as(output).isZero();
        assertThat(output).contains("is not in this directory");
        Files.move(desk.resolve("elsewhere"), log.resolve(first));
    }

    @Test
    void anEarlierShardOfAnotherLogIsRefused() throws IOException {
        fixture.log().beginShard(Duration.ofSeconds(30));
        Path log = home.resolve("log");
        Path first = log.resolve(fixture.log().shards().getFirst().name());
        Files.copy(log.resolve("log.vkey"), desk.resolve("last.vkey"));
        String note = Files.readString(first.resolve("checkpoint"));
        Files.writeString(first.resolve("checkpoint"), note.replaceFirst("\\.invalid/....", ".invalid/ffff"));

        assertThat(run("fsck", log.toString(), "--key", "last.vkey")).as(output).isEqualTo(1);
        assertThat(output).contains("the checkpoint that the shard after names");
    }
}
