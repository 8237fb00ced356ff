package org.cartulary.compliance.timestamp;

import java.io.OutputStream;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.ContentVerifier;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.cartulary.compliance.testing.Wycheproof;
import org.cartulary.compliance.testing.Wycheproof.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Project Wycheproof's vectors of the signatures that authorities give, by what {@link StampVerifier} has verify a token. A token
 * around them cannot be made without their private keys.
 */
class StampVectorsTest {
    /** Of each size the eighth vector is "acceptable": it lacks a NULL, which older signers left out. Java takes it. */
    @ParameterizedTest
    @CsvSource({"2048, 10, 249", "3072, 9, 250", "4096, 8, 250"})
    void aStampByRsaIsAcceptedWithTheValidVectorsAndTheOneThatIsAcceptable(int bits, int accepted, int refused)
            throws Exception {
        Wycheproof.read(Wycheproof.FOLDER, "rsa_signature_" + bits + "_sha256")
                .assertAccepted(
                        accepted,
                        refused,
                        Set.of(8),
                        vector -> isSigned("RSA", vector, PKCSObjectIdentifiers.sha256WithRSAEncryption));
    }

    /**
     * Java takes an s that lacks its leading zero in DER, where the file says "legacy, invalid". A token is kept as the
     * authority spelled it, and says the same in another spelling, so this is left to Java. (The verifier refuses it in
     * bundles, which have one spelling.)
     */
    @Test
    void aStampByEcdsaIsAcceptedWithTheValidVectorsAndOneOfAnotherSpelling() throws Exception {
        Wycheproof.read(Wycheproof.FOLDER, "ecdsa_secp256r1_sha256")
                .assertAccepted(
                        171, 300, Set.of(6), vector -> isSigned("EC", vector, X9ObjectIdentifiers.ecdsa_with_SHA256));
    }

    private static boolean isSigned(String type, Vector vector, ASN1ObjectIdentifier algorithm) throws Exception {
        byte[] spki =
                HexFormat.of().parseHex(vector.group().required("publicKeyDer").textValue());
        PublicKey key = KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(spki));
        ContentVerifier verifier = new JcaSimpleSignerInfoVerifierBuilder()
                .build(key)
                .getContentVerifier(
                        new AlgorithmIdentifier(algorithm), new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256));
        try (OutputStream message = verifier.getOutputStream()) {
            message.write(vector.bytes("msg"));
        }
        try {
            return verifier.verify(vector.bytes("sig"));
        } catch (RuntimeOperatorException e) {
            return false; // a StampRefused, as whatever is not well-formed
        }
    }
}
