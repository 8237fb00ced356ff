package org.cartulary.appliance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cartulary.appliance.carried.CarriedCheckpoint;
import org.cartulary.appliance.testing.DrawnCodes;
import org.junit.jupiter.api.Test;

class CodeDrawingTest {
    private static final String FIRST = "old 4\n" + ("A".repeat(44) + "\n").repeat(20)
            + "\ncartulary/home\n16\nAAAA=\n\n— cartulary/home " + "A".repeat(92) + "\n";

    @Test
    void drawsACodeThatAScannerReadsBack() {
        assertThat(DrawnCodes.onTerminal(String.join("\n", CodeDrawing.lines(FIRST))))
                .containsExactly(FIRST);
        assertThat(DrawnCodes.inSvg(CodeDrawing.svg(List.of(FIRST, "another")))).containsExactly(FIRST, "another");
    }

    @Test
    void aSubmissionFitsOneCodeWithoutTheSecondSignature() {
        String both = FIRST + "— cartulary/home " + "A".repeat(3_244) + "\n";

        assertThat(CarriedCheckpoint.codes(both, 1_500)).containsExactly(FIRST);
        assertThat(CarriedCheckpoint.codes(FIRST, 1_500)).containsExactly(FIRST);
        assertThat(CarriedCheckpoint.codes(FIRST, 300)).hasSizeGreaterThan(3);
    }
}
