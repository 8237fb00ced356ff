package org.cartulary.verifier.note;

import java.security.PublicKey;
import java.util.HexFormat;
import org.cartulary.verifier.testing.Wycheproof;
import org.cartulary.verifier.testing.Wycheproof.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Project Wycheproof's vectors of the signatures on notes. */
class NoteVectorsTest {
    @ParameterizedTest
    @EnumSource(
            value = KeyType.class,
            names = {"NOTE", "ED25519_COSIGNATURE"})
    void acceptsTheValidVectorsOfEd25519AndNoOthers(KeyType type) throws Exception {
        Wycheproof.read(Wycheproof.FOLDER, "ed25519")
                .assertAccepted(
                        88,
                        62,
                        vector -> isSigned(
                                type, vector.group().at("/publicKey/pk").textValue(), vector));
    }

    /** Cosignatures have no context, so that the two valid vectors with one are to be refused. */
    @Test
    void acceptsTheValidVectorsOfMlDsaWithoutContextAndNoOthers() throws Exception {
        Wycheproof mlDsa = Wycheproof.read(Wycheproof.ML_DSA, "mldsa_44_verify");
        mlDsa.where(vector -> vector.bytes("ctx").length == 0).assertAccepted(61, 16, NoteVectorsTest::isCosigned);
        mlDsa.where(vector -> vector.bytes("ctx").length > 0)
                .assertAccepted(2, 1, vector -> vector.result().equals("valid") && !isCosigned(vector));
    }

    private static boolean isCosigned(Vector vector) {
        return isSigned(
                KeyType.ML_DSA_COSIGNATURE, vector.group().required("publicKey").textValue(), vector);
    }

    /** A key of another length is of no type, and refused when it is read. */
    private static boolean isSigned(KeyType expected, String publicKey, Vector vector) {
        byte[] typed = HexFormat.of().parseHex(typeOf(expected) + publicKey);
        return KeyType.of(typed)
                .filter(type -> {
                    PublicKey key = type.publicKey(typed);
                    return type.isSigned(key, vector.bytes("msg"), vector.bytes("sig"));
                })
                .isPresent();
    }

    private static String typeOf(KeyType type) {
        return switch (type) {
            case NOTE -> "01";
            case ED25519_COSIGNATURE -> "04";
            case ML_DSA_COSIGNATURE -> "06";
        };
    }
}
