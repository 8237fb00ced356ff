package org.cartulary.verifier.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptProofTest {
    private static final String HASH = Base64.getEncoder().encodeToString(new byte[32]);

    @Test
    void readsAProofOfAnEntryThatWasAloneInItsTree() {
        byte[] proof = Objects.requireNonNull(Golden.log(1).get("receipts/0.tlog-proof"));
        ReceiptProof read = ReceiptProof.parse(proof, "receipt");
        assertThat(read.index()).isZero();
        assertThat(read.path()).isEmpty();
        assertThat(new String(read.checkpoint(), StandardCharsets.UTF_8)).startsWith(Golden.ORIGIN + "\n1\n");
    }

    @Test
    void passesOverExtraData() {
        assertThat(parse("c2sp.org/tlog-proof@v1\nextra AAAA\nindex 5\n" + HASH + "\n\nrest")
                        .path())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c2sp.org/tlog-proof@v2\nindex 5\n\nrest",
                "c2sp.org/tlog-proof@v1\n",
                "c2sp.org/tlog-proof@v1\nindex 5\n",
                "c2sp.org/tlog-proof@v1\nindex 05\n\nrest",
                "c2sp.org/tlog-proof@v1\nindex -5\n\nrest",
                "c2sp.org/tlog-proof@v1\nindex  5\n\nrest",
                "c2sp.org/tlog-proof@v1\nextra *\nindex 5\n\nrest",
                "c2sp.org/tlog-proof@v1\nindex 5\nAAAA\n\nrest",
                "c2sp.org/tlog-proof@v1\r\nindex 5\r\n\r\nrest",
                " c2sp.org/tlog-proof@v1\nindex 5\n\nrest"
            })
    void rejectsAnyOtherForm(String proof) {
        assertThatThrownBy(() -> parse(proof)).isInstanceOf(CheckFailed.class);
    }

    @Test
    void boundsTheLengthOfThePath() {
        String proof = "c2sp.org/tlog-proof@v1\nindex 5\n" + (HASH + "\n").repeat(64) + "\nrest";
        assertThatThrownBy(() -> parse(proof)).hasMessageContaining("at most 63 hashes");
    }

    private static ReceiptProof parse(String proof) {
        return ReceiptProof.parse(proof.getBytes(StandardCharsets.UTF_8), "receipt");
    }
}
