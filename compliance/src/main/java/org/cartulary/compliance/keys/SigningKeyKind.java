package org.cartulary.compliance.keys;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * The three keys that sign for a log, in the order in which they stand in their file: a reader that does not know ML-DSA has
 * the other two before it stops.
 */
enum SigningKeyKind {
    /** Signs manifests. */
    MANIFEST("manifest", "EC", "secp256r1", "SHA256withECDSA"),
    /** Signs checkpoints. */
    CHECKPOINT("checkpoint", "Ed25519", null, "Ed25519"),
    /** Cosigns checkpoints. */
    COSIGNATURE("cosignature", "ML-DSA-44", null, "ML-DSA-44");

    private static final byte[] SELF_TEST = {'s', 'e', 'l', 'f', '-', 't', 'e', 's', 't'};

    private final String alias;
    private final String algorithm;
    private final @Nullable String curve;
    private final String signature;

    SigningKeyKind(String alias, String algorithm, @Nullable String curve, String signature) {
        this.alias = alias;
        this.algorithm = algorithm;
        this.curve = curve;
        this.signature = signature;
    }

    /** By which its file names it. */
    String alias() {
        return alias;
    }

    /** As Java calls the way it signs. */
    String signature() {
        return signature;
    }

    KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (curve != null) {
                generator.initialize(new ECGenParameterSpec(curve));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java makes no keys of " + algorithm, e);
        }
    }

    /** Whether what one key of a pair signs, the other verifies. */
    boolean isPair(PrivateKey privateKey, PublicKey publicKey) {
        try {
            Signature signer = Signature.getInstance(signature);
            signer.initSign(privateKey);
            signer.update(SELF_TEST);
            byte[] signed = signer.sign();
            signer.initVerify(publicKey);
            signer.update(SELF_TEST);
            return signer.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // a key of another kind
        }
    }
}
