package org.cartulary.verifier.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.IntStream;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustPolicyTest {
    private static final List<VerifierKey> WITNESSES =
            IntStream.range(0, 6).mapToObj(i -> witness("w" + i)).toList();
    private static final String NAMED = """
            # The example of the specification: two houses with three witnesses each.
            log %s
            \twitness X1 %s
            witness X2 %s
            witness X3 %s https://x3.example/
            group X-witnesses 2 X1 X2 X3

            witness Y1 %s
            witness Y2 %s
            witness Y3 %s
            group Y-witnesses any Y1 Y2 Y3
            group X-and-Y all X-witnesses Y-witnesses
            """.formatted(
                    Golden.text("log.vkey").strip(),
                    WITNESSES.get(0).vkey(),
                    WITNESSES.get(1).vkey(),
                    WITNESSES.get(2).vkey(),
                    WITNESSES.get(3).vkey(),
                    WITNESSES.get(4).vkey(),
                    WITNESSES.get(5).vkey());

    @ParameterizedTest
    @CsvSource({
        "X-and-Y, 0 1 3, true",
        "X-and-Y, 1 2 5, true",
        "X-and-Y, 0 1, false",
        "X-and-Y, 0 3 4 5, false",
        "X-witnesses, 0 2, true",
        "X-witnesses, 2, false",
        "Y2, 4, true",
        "Y2, 3 5, false",
        "none, '', true"
    })
    void aQuorumIsWhatItsGroupsSay(String quorum, String signed, boolean enough) {
        TrustPolicy policy = TrustPolicy.parse(NAMED + "quorum " + quorum + "\n");
        List<SignedNote.Verified> signatures = signed.isEmpty()
                ? List.of()
                : List.of(signed.split(" ")).stream()
                        .map(number -> new SignedNote.Verified(WITNESSES.get(Integer.parseInt(number)), 1))
                        .toList();
        if (enough) {
            assertThatCode(() -> policy.requireQuorum(signatures, "checkpoint")).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> policy.requireQuorum(signatures, "checkpoint"))
                    .isInstanceOf(CheckFailed.class)
                    .hasMessageContaining(quorum);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quorum unknown",
                "quorum X1\nquorum X2",
                "group again any X1\nquorum again",
                "group late any later\nwitness later X\nquorum late",
                "group X1 any Y1\nquorum X1",
                "group none any Y1\nquorum none",
                "group few 2 X-and-Y\nquorum few",
                "group zero 0 X-and-Y\nquorum zero",
                "group nobody all\nquorum nobody",
                "witness W9 not-a-key\nquorum X1",
                "quorum X1 X2",
                "something else\nquorum X1",
                "quorums X1"
            })
    void refusesWhatIsNoPolicyAndNamesTheLine(String more) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustPolicy.parse(NAMED + more + "\n"))
                .withMessageStartingWith("line 1");
    }

    @Test
    void refusesTheSamePublicKeyTwiceAndAWitnessAsALog() {
        String twice = NAMED + "witness Z " + WITNESSES.getFirst().vkey() + "\nquorum Z\n";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustPolicy.parse(twice))
                .withMessageContaining("already");
        String log = NAMED + "log " + WITNESSES.getFirst().vkey() + "\nquorum none\n";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustPolicy.parse(log))
                .withMessageContaining("0x01");
    }

    @Test
    void linesOfKeysAloneAskForNoWitness() {
        TrustPolicy policy =
                TrustPolicy.parse(Golden.text("log.vkey") + WITNESSES.getFirst().vkey() + "\n");
        assertThat(policy.quorum()).isNull();
        assertThat(policy.logs()).hasSize(1);
        assertThat(policy.witnesses()).hasSize(1);
    }

    private static VerifierKey witness(String name) {
        try {
            return VerifierKey.of(
                    name,
                    KeyType.ED25519_COSIGNATURE,
                    KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
