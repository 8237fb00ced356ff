package org.cartulary.verifier.cms;

import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SignatureException;
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
}
