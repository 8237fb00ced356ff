package org.cartulary.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.zxing.ChecksumException;
import com.google.zxing.FormatException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalQrTest {
    private static final int BORDER = 4;
    private static final String BEFORE = "\u001b[30;107m";
    private static final String AFTER = "\u001b[0m";

    @Test
    void drawsACodeThatAScannerReadsBack() throws FormatException, ChecksumException {
        String checkpoint = "old 4\n\ncartulary/home\n16\nAAAA=\n\n— cartulary/home AAAA=\n";

        assertThat(read(TerminalQr.lines(checkpoint))).isEqualTo(checkpoint);
    }

    @Test
    void aSubmissionFitsOneCodeWithoutTheSecondSignature() throws FormatException, ChecksumException {
        String first = "old 4\n" + "A".repeat(44) + "\n\ncartulary/home\n16\nAAAA=\n\n— cartulary/home "
                + "A".repeat(92) + "\n";
        String both = first + "— cartulary/home " + "A".repeat(3_244) + "\n";

        assertThat(read(TerminalQr.lines(CheckpointCommand.forCode(both)))).isEqualTo(first);
        assertThat(CheckpointCommand.forCode(first)).isEqualTo(first);
    }

    @Test
    void saysHowToCarryWhatFitsNoCode() {
        assertThatExceptionOfType(CommandFailed.class)
                .isThrownBy(() -> TerminalQr.lines("n".repeat(3_000)))
                .withMessageContaining("--out");
    }

    /** Two rows of modules a line; the light border all around is the reader's quiet zone and is taken off. */
    private static String read(List<String> lines) throws FormatException, ChecksumException {
        int size = lines.getFirst().length() - BEFORE.length() - AFTER.length() - 2 * BORDER;
        BitMatrix modules = new BitMatrix(size);
        for (int row = 0; row < lines.size(); row++) {
            assertThat(lines.get(row)).startsWith(BEFORE).endsWith(AFTER);
            String signs = lines.get(row).substring(BEFORE.length());
            for (int x = 0; x < size; x++) {
                char sign = signs.charAt(x + BORDER);
                set(modules, x, 2 * row - BORDER, sign == '\u2588' || sign == '\u2580');
                set(modules, x, 2 * row - BORDER + 1, sign == '\u2588' || sign == '\u2584');
            }
        }
        return new Decoder().decode(modules).getText();
    }

    private static void set(BitMatrix modules, int x, int y, boolean dark) {
        if (dark) {
            modules.set(x, y);
        }
    }
}
