package org.cartulary.verifier.cms;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.cartulary.verifier.testing.Wycheproof;
import org.junit.jupiter.api.Test;

/** Project Wycheproof's vectors of ECDSA on P-256 with SHA-256, which signs manifests. */
class CmsVectorsTest {
    @Test
    void acceptsTheValidVectorsOfEcdsaAndNoOthers() throws Exception {
        Wycheproof.read(Wycheproof.FOLDER, "ecdsa_secp256r1_sha256").assertAccepted(170, 301, vector -> {
            byte[] spki = HexFormat.of()
                    .parseHex(vector.group().required("publicKeyDer").textValue());
            PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
            try {
                return DetachedCms.isSigned(key, vector.bytes("msg"), vector.bytes("sig"));
            } catch (SignatureException e) {
                return false; // a failed check, as any other
            }
        });
    }

    /** One that Java itself takes; it would give a bundle a second spelling. */
    @Test
    void refusesANumberThatLacksItsLeadingZero() throws Exception {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = keys.generateKeyPair();
        byte[] message = {1, 2, 3};
        byte[] signature = signedWithAHighS(pair, message);
        int s = 4 + signature[3] + 2;
        byte[] shorter = new byte[signature.length - 1];
        System.arraycopy(signature, 0, shorter, 0, s);
        System.arraycopy(signature, s + 1, shorter, s, shorter.length - s);
        shorter[1]--;
        shorter[s - 1]--;
        assertThat(DetachedCms.isSigned(pair.getPublic(), message, signature)).isTrue();
        assertThat(DetachedCms.isSigned(pair.getPublic(), message, shorter)).isFalse();
    }

    /** A signature whose s begins with a zero, as every other one does. */
    private static byte[] signedWithAHighS(KeyPair pair, byte[] message) throws Exception {
        Signature signer = Signature.getInstance("SHA256withECDSA");
        for (int tries = 0; tries < 200; tries++) {
            signer.initSign(pair.getPrivate());
            signer.update(message);
            byte[] signature = signer.sign();
            if (signature[4 + signature[3] + 1] == 33) {
                return signature;
            }
        }
        throw new AssertionError("200 signatures with a low s");
    }
}
