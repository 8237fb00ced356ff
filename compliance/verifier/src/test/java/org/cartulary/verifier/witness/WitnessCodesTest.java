package org.cartulary.verifier.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cartulary.verifier.note.Checkpoint;
import org.cartulary.verifier.note.TrustPolicy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessCodesTest {
    @TempDir
    Path directory;

    private final GrowingLog log = new GrowingLog().grow(5, "entry ");
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void make() throws IOException {
        WitnessKeys.create(directory, "witness.example/ward");
        Witness.trust(directory, GrowingLog.keys());
    }

    @Test
    void cosignsWhatWasScannedAndDrawsOneCodeThatFitsAnyWindow() throws IOException {
        assertThat(run(log.since(0), "--in", "-", "--qr")).isZero();
        String scanned = Scanner.terminal(out.toString(StandardCharsets.UTF_8)).getFirst();
        assertThat(scanned).startsWith("cosigned 5\n— witness.example/ward ").hasSizeLessThan(160);
        assertThat(verifies(scanned, 0)).isTrue();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("audit cosigned -")
                .doesNotContain("columns");
    }

    @Test
    void drawsBothSignaturesAsNumberedCodes() throws IOException {
        assertThat(run(log.since(0), "--in", "-", "--qr", "--both")).isZero();
        List<String> scanned = Scanner.terminal(out.toString(StandardCharsets.UTF_8));
        assertThat(scanned).hasSize(3);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Code 1 of 3", "Code 3 of 3");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("columns", "--per-code");
        String text = NumberedCodes.joined(String.join("\n", scanned.reversed()));
        assertThat(verifies(text, 0)).isTrue();
        assertThat(verifies(text, 1)).isTrue();
    }

    @Test
    void drawsInAFileAndAgainOfWhatItSignedLast() throws IOException {
        Path drawn = directory.resolve("back.svg");
        assertThat(run(log.since(0), "--in", "-", "--qr", drawn.toString(), "--both", "--per-code", "300"))
                .isZero();
        List<String> scanned = Scanner.svg(Files.readString(drawn));
        assertThat(scanned).hasSizeGreaterThan(10);
        assertThat(verifies(NumberedCodes.joined(String.join("\n", scanned)), 1))
                .isTrue();

        WitnessCommand command = new WitnessCommand(System.in, print(out), print(err));
        assertThat(command.run(List.of("show", directory.toString(), "--qr"))).isZero();
        assertThat(verifies(
                        Scanner.terminal(out.toString(StandardCharsets.UTF_8)).getFirst(), 0))
                .isTrue();
    }

    @Test
    void signsNothingWhereItsUseIsWrong() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(log.since(0), "--in", "-"))
                .withMessageContaining("--qr");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(log.since(0), "--in", "-", "--qr", "--per-code", "50"))
                .withMessageContaining("100 to 2953");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(log.since(0), "--in", "-", "--out", "-", "--both"))
                .withMessageContaining("belong to --qr");
        assertThat(run(log.since(0), "--in", "-", "--out", "-")).isZero();
    }

    private int run(byte[] in, String... options) throws IOException {
        List<String> arguments = Stream.concat(Stream.of("cosign", directory.toString()), Stream.of(options))
                .toList();
        return new WitnessCommand(new ByteArrayInputStream(in), print(out), print(err)).run(arguments);
    }

    /** Whether a code's signatures, put under the checkpoint as the appliance does, are the witness's. */
    private boolean verifies(String code, int key) throws IOException {
        String note = log.text() + "\n" + log.note().substring(log.text().length() + 1)
                + code.substring(code.indexOf('\n') + 1);
        String vkey = Files.readAllLines(directory.resolve("witness.vkey")).get(key);
        String policy = "log " + GrowingLog.keys().getFirst().vkey() + "\nwitness w " + vkey + "\nquorum w\n";
        return Checkpoint.open(GrowingLog.bytes(note), TrustPolicy.parse(policy), "checkpoint")
                        .size()
                == 5;
    }

    private static PrintStream print(ByteArrayOutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }
}
