package org.cartulary.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.cartulary.verifier.testing.BundleDraft;
import org.cartulary.verifier.testing.Golden;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String bundle = "";
    private String key = "";

    @BeforeEach
    void writeFiles() throws IOException {
        bundle = write("bundle.zip", BundleDraft.golden(12, 0).zip());
        key = write(
                "log.vkey", ("# from the notice board\n" + Golden.text("log.vkey")).getBytes(StandardCharsets.UTF_8));
        for (Map.Entry<String, byte[]> file : Golden.log(12).entrySet()) {
            write("home/" + file.getKey(), file.getValue());
        }
    }

    @Test
    void saysThatABundleHoldsWithALineACheckAndASentence() {
        assertThat(run("verify", bundle, "--key", key)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("ok    zip has its one canonical form")
                .contains("  12 receipts")
                .contains("(1 still open at the end of the log)")
                .endsWith("with 12 of them disclosed (0 up to, not with, 12).\n");
    }

    @Test
    void takesTheWordAuditInFrontAndKeysBeforeTheBundle() {
        assertThat(run("audit", "verify", "--key", key, bundle)).isZero();
    }

    @Test
    void namesWhatFailedAndExitsWithOne() throws IOException {
        byte[] zip = Files.readAllBytes(Path.of(bundle));
        zip[40] ^= 1;
        write("bundle.zip", zip);
        assertThat(run("verify", bundle, "--key", key)).isOne();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("FAIL")
                .contains("VERIFY.md: expected")
                .contains("does not hold")
                .contains("do not rely on it");
    }

    @Test
    void printsOneJsonObject() throws IOException {
        assertThat(run("verify", bundle, "--key", key, "--json")).isZero();
        String json = out.toString(StandardCharsets.UTF_8);
        assertThat(json).startsWith("{\"subject\":").contains("\"held\":true").hasLineCount(1);
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            parser.skipChildren();
            assertThat(parser.nextToken()).isNull();
        }
    }

    @Test
    void verifiesAReceiptWithItsRecord() {
        assertThat(verifyReceipt("receipts/3.tlog-proof", "records/3.json")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("shows that this record is entry 3 of the log " + Golden.ORIGIN);
        assertThat(verifyReceipt("receipts/2.tlog-proof", "records/2.json")).isZero();
    }

    @Test
    void rejectsAReceiptWithAnotherRecord() {
        assertThat(verifyReceipt("receipts/3.tlog-proof", "records/4.json")).isOne();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("receipt: expected a proof that leads to the root of its checkpoint");
        assertThat(verifyReceipt("records/3.json", "receipts/3.tlog-proof")).isOne();
    }

    @Test
    void derivesALogDirectoryAgain() {
        assertThat(run("fsck", directory.resolve("home/log").toString(), "--key", key))
                .isZero();
        assertThat(run("fsck", directory.resolve("home").toString(), "--key", key))
                .isOne();
    }

    @Test
    void helpsWithAnExample() {
        assertThat(run("help")).isZero();
        assertThat(run("verify", "--help")).isZero();
        assertThat(run()).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("java -jar cartulary-verifier.jar verify evidence-2026-11.zip --key log.vkey");
    }

    @Test
    void exitsWithTwoOnWrongUse() throws IOException {
        expectWrongUse("unknown command \"prove\"", "prove", bundle);
        expectWrongUse("needs --key FILE", "verify", bundle);
        expectWrongUse("needs a file or directory", "verify", "--key", key);
        expectWrongUse("--key needs a file behind it", "verify", bundle, "--key");
        expectWrongUse("one thing at a time", "verify", bundle, bundle, "--key", key);
        expectWrongUse("unknown option --fast", "verify", bundle, "--fast", "--key", key);
        expectWrongUse("--record FILE belongs to verify-receipt", "verify-receipt", bundle, "--key", key);
        expectWrongUse("--record FILE belongs to verify-receipt", "verify", bundle, "--record", key, "--key", key);
        expectWrongUse("no file", "verify", bundle, "--key", key + ".absent");
        expectWrongUse("does not exist", "verify", bundle + ".absent", "--key", key);
        expectWrongUse("is not a regular file", "verify", directory.toString(), "--key", key);
        expectWrongUse("is not a directory", "fsck", bundle, "--key", key);
        expectWrongUse("not a line of the form", "verify", bundle, "--key", bundle);
        String secret = write("log.skey", Golden.text("log.skey").getBytes(StandardCharsets.UTF_8));
        expectWrongUse("private signing key", "verify", bundle, "--key", secret);
    }

    private void expectWrongUse(String message, String... arguments) {
        err.reset();
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(message);
    }

    private int verifyReceipt(String receipt, String record) {
        Path home = directory.resolve("home");
        return run(
                "verify-receipt",
                home.resolve(receipt).toString(),
                "--record",
                home.resolve(record).toString(),
                "--key",
                key);
    }

    private int run(String... arguments) {
        out.reset();
        return new CommandLine(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments);
    }

    private String write(String name, byte[] content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        return Files.write(file, content).toString();
    }
}
