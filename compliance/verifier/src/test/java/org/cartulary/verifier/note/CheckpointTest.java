package org.cartulary.verifier.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.testing.Golden;
import org.cartulary.verifier.testing.NoteSigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    private static final NoteSigner LOG = NoteSigner.golden("log");
    private static final String ROOT = Base64.getEncoder().encodeToString(new byte[32]);

    @Test
    void opensTheCheckpointsThatGoSigned() {
        for (int size : new int[] {1, 12, 256, 600}) {
            byte[] note = Objects.requireNonNull(Golden.log(size).get("log/checkpoint"));
            Checkpoint checkpoint = Checkpoint.open(note, Golden.policy("log"), "checkpoint");
            assertThat(checkpoint.origin()).isEqualTo(Golden.ORIGIN);
            assertThat(checkpoint.size()).isEqualTo(size);
        }
    }

    @Test
    void acceptsExtensionLines() {
        assertThat(open(Golden.ORIGIN + "\n7\n" + ROOT + "\nan extension\nanother\n")
                        .size())
                .isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s\n7\n",
                "%s\n\n7\n%s\n",
                "%s\n7\n%s\n\nextension\n",
                "\n7\n%2$s\n",
                "%s\n07\n%s\n",
                "%s\n-7\n%s\n",
                "%s\n+7\n%s\n",
                "%s\n7 \n%s\n",
                "%s\n9007199254740992\n%s\n",
                "%s\n99999999999999999999\n%s\n",
                "%s\n7\nAAAA\n",
                "%s\n7\n %s\n",
                "%s\nseven\n%s\n"
            })
    void rejectsAnyOtherForm(String form) {
        assertThatThrownBy(() -> open(form.formatted(Golden.ORIGIN, ROOT))).isInstanceOf(CheckFailed.class);
    }

    @Test
    void rejectsAnotherSpellingOfTheRoot() {
        String spelling = ROOT.substring(0, 42) + "B="; // the same 32 bytes to a careless decoder
        assertThatThrownBy(() -> open(Golden.ORIGIN + "\n7\n" + spelling + "\n"))
                .hasMessageContaining("canonical base64");
    }

    @Test
    void rejectsACheckpointOfOneLogThatAnotherKnownKeySigned() {
        byte[] note = NoteSigner.golden("witness")
                .sign((Golden.ORIGIN + "\n7\n" + ROOT + "\n").getBytes(StandardCharsets.UTF_8));
        TrustPolicy keys = TrustPolicy.parse(Golden.text("log.vkey") + Golden.text("witness.vkey"));
        assertThatThrownBy(() -> Checkpoint.open(note, keys, "checkpoint"))
                .hasMessageContaining("a signature by the log")
                .hasMessageContaining("found one by witness.invalid/w1+511974ed");
    }

    private static Checkpoint open(String text) {
        return Checkpoint.open(LOG.sign(text.getBytes(StandardCharsets.UTF_8)), Golden.policy("log"), "checkpoint");
    }
}
