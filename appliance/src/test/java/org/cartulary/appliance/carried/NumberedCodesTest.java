package org.cartulary.appliance.carried;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class NumberedCodesTest {
    private static final String TEXT = "old 4\n" + ("A".repeat(43) + "=\n").repeat(7) + "\nlog.example/ward\n16\n"
            + "B".repeat(43) + "=\n\n— log.example/ward " + "C".repeat(92) + "\n";

    @Test
    void leaveAShortTextAsItIs() {
        assertThat(NumberedCodes.split(TEXT, NumberedCodes.USUAL_BYTES)).containsExactly(TEXT);
        assertThat(NumberedCodes.joined(TEXT)).isEqualTo(TEXT);
    }

    @Test
    void aProofOfALogOfAThousandMillionEntriesTakesTwoAndOfTenMillionOne() {
        String behind = TEXT.substring(TEXT.indexOf("\n\n"));
        String tenMillion = "old 9999999\n" + ("A".repeat(43) + "=\n").repeat(25) + behind;
        String most = "old 999999999\n" + ("A".repeat(43) + "=\n").repeat(31) + behind;
        assertThat(NumberedCodes.split(tenMillion, NumberedCodes.USUAL_BYTES)).hasSize(1);
        assertThat(NumberedCodes.split(most, NumberedCodes.USUAL_BYTES)).hasSize(2);
        assertThat(NumberedCodes.split(most, NumberedCodes.MOST_BYTES)).hasSize(1);
    }

    @Test
    void comeTogetherInAnyOrderTwiceAndWithWhateverEndsOfLines() {
        for (int most = NumberedCodes.LEAST_BYTES; most < 400; most++) {
            List<String> codes = NumberedCodes.split(TEXT, most);
            int bytes = most;
            assertThat(codes)
                    .allSatisfy(code ->
                            assertThat(code.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(bytes));
            assertThat(NumberedCodes.joined(String.join("\n", codes.reversed()) + "\r\n" + codes.getFirst()))
                    .isEqualTo(TEXT);
            assertThat(NumberedCodes.joined(String.join("\r\n", codes))).isEqualTo(TEXT);
        }
    }

    @Test
    void aScannerThatTypesAsAKeyboardMayLoseTheDashAndTheLastNewline() {
        assertThat(NumberedCodes.joined(TEXT.replace("— ", "- ").stripTrailing()))
                .isEqualTo(TEXT);
        assertThat(NumberedCodes.joined(TEXT.replace("—", "\u00e2\u0080\u0094")))
                .isEqualTo(TEXT);
        String typed = String.join("\n", NumberedCodes.split(TEXT, 200)).replace("— ", "? ");
        assertThat(NumberedCodes.joined(typed)).isEqualTo(TEXT);
    }

    @Test
    void sayWhichIsMissingBentOrOfAnotherText() {
        List<String> codes = NumberedCodes.split(TEXT, 200);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NumberedCodes.joined(codes.get(0) + "\n" + codes.get(2)))
                .withMessageContaining("Code 2 of " + codes.size() + " is missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NumberedCodes.joined(String.join("\n", codes).replace("AAAAB", "AAAAC") + "X"))
                .withMessageContaining("not read as it was drawn");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NumberedCodes.joined(codes.getFirst() + "\n"
                        + NumberedCodes.split(TEXT.replace("16", "17"), 200).get(1)))
                .withMessageContaining("different texts");
    }

    @Test
    void refuseSizesThatNoCodeHas() {
        assertThatIllegalArgumentException().isThrownBy(() -> NumberedCodes.requireBytes(99));
        assertThatIllegalArgumentException().isThrownBy(() -> NumberedCodes.requireBytes(2_954));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NumberedCodes.split("n".repeat(50_000) + "\n", 100))
                .withMessageContaining("carry it as a file");
    }
}
