package org.cartulary.verifier.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
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

    @Test
    void asksForTheSignatureOfALogsSecondKeyWhereThatIsGiven() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("ML-DSA-44").generateKeyPair();
        VerifierKey second = VerifierKey.of(Golden.ORIGIN, KeyType.ML_DSA_COSIGNATURE, pair.getPublic());
        VerifierKey witness = VerifierKey.of("witness.example/w", KeyType.ML_DSA_COSIGNATURE, pair.getPublic());
        String text = Golden.ORIGIN + "\n7\n" + ROOT + "\n";
        byte[] once = LOG.sign(text.getBytes(StandardCharsets.UTF_8));
        byte[] twice = (LOG.sign(text) + cosignature(second, pair.getPrivate(), text)).getBytes(StandardCharsets.UTF_8);
        TrustPolicy both = TrustPolicy.parse(Golden.text("log.vkey")).and(TrustPolicy.parse(second.vkey()));

        assertThat(Checkpoint.open(twice, both, "checkpoint").signers())
                .containsExactly(Golden.keys("log").getFirst().shown() + " (Ed25519)", second.shown() + " (ML-DSA-44)");
        assertThatThrownBy(() -> Checkpoint.open(once, both, "checkpoint"))
                .hasMessageContaining("a signature by the log's ML-DSA-44 key " + second.shown());
        assertThatThrownBy(() -> Checkpoint.openUnwitnessed(once, both, "checkpoint"))
                .hasMessageContaining("a signature by the log's ML-DSA-44 key");
        assertThat(Checkpoint.open(twice, Golden.policy("log"), "checkpoint").signers())
                .hasSize(1);
        TrustPolicy other = TrustPolicy.parse(Golden.text("log.vkey") + witness.vkey() + "\n");
        assertThat(Checkpoint.open(once, other, "checkpoint").size())
                .as("a witness's key asks for nothing")
                .isEqualTo(7);
    }

    private static String cosignature(VerifierKey key, PrivateKey by, String text) throws GeneralSecurityException {
        Signature signer = Signature.getInstance("ML-DSA-44");
        signer.initSign(by);
        signer.update(key.type().message(text.getBytes(StandardCharsets.UTF_8), key.name(), 1));
        byte[] signature = signer.sign();
        byte[] timed = ByteBuffer.allocate(Long.BYTES + signature.length)
                .putLong(1)
                .put(signature)
                .array();
        return new NoteSignature(key.name(), key.id(), timed).line();
    }

    private static Checkpoint open(String text) {
        return Checkpoint.open(LOG.sign(text.getBytes(StandardCharsets.UTF_8)), Golden.policy("log"), "checkpoint");
    }
}
