package org.cartulary.compliance.tlog;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.cartulary.compliance.testing.Wycheproof;
import org.junit.jupiter.api.Test;

/** Project Wycheproof's vectors of the signatures on notes, by keys in the spelling in which they come. */
class NoteVectorsTest {
    private static final String NAME = "wycheproof.example";

    @Test
    void theKeyOfANoteAcceptsTheValidVectorsOfEd25519AndNoOthers() throws Exception {
        Wycheproof.read(Wycheproof.FOLDER, "ed25519")
                .assertAccepted(
                        88,
                        62,
                        vector -> NoteVerifier.parse(vkey(
                                        1, vector.group().at("/publicKey/pk").textValue()))
                                .isSigned(vector.bytes("msg"), vector.bytes("sig")));
    }

    @Test
    void theKeyOfACosignerAcceptsTheValidVectorsOfEd25519AndNoOthers() throws Exception {
        Wycheproof.read(Wycheproof.FOLDER, "ed25519")
                .assertAccepted(
                        88,
                        62,
                        vector -> CosignerKey.parse(vkey(
                                        4, vector.group().at("/publicKey/pk").textValue()))
                                .isSigned(vector.bytes("msg"), vector.bytes("sig")));
    }

    /** Cosignatures have no context, so that the two valid vectors with one are to be refused. */
    @Test
    void theKeyOfACosignerAcceptsTheValidVectorsOfMlDsaWithoutContextAndNoOthers() throws Exception {
        Wycheproof mlDsa = Wycheproof.read(Wycheproof.ML_DSA, "mldsa_44_verify");
        mlDsa.where(vector -> vector.bytes("ctx").length == 0).assertAccepted(61, 16, NoteVectorsTest::isCosigned);
        mlDsa.where(vector -> vector.bytes("ctx").length > 0)
                .assertAccepted(2, 1, vector -> vector.result().equals("valid") && !isCosigned(vector));
    }

    @Test
    void theKeyOfACosignerIsAPointOfTheCurve() {
        String two = "02" + "00".repeat(31);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CosignerKey.parse(vkey(4, two)))
                .withMessageContaining("is no public key of Ed25519");
    }

    private static boolean isCosigned(Wycheproof.Vector vector) throws Exception {
        String publicKey = vector.group().required("publicKey").textValue();
        if (publicKey.length() != 2 * 1_312) {
            return false; // such a key is refused when it is read
        }
        return CosignerKey.parse(vkey(6, publicKey)).isSigned(vector.bytes("msg"), vector.bytes("sig"));
    }

    private static String vkey(int type, String publicKey) throws Exception {
        byte[] typed = HexFormat.of().parseHex("%02x".formatted(type) + publicKey);
        byte[] named = ByteBuffer.allocate(NAME.length() + 1 + typed.length)
                .put((NAME + "\n").getBytes(StandardCharsets.US_ASCII))
                .put(typed)
                .array();
        byte[] id = Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(named), 4);
        return NAME + "+" + HexFormat.of().formatHex(id) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }
}
