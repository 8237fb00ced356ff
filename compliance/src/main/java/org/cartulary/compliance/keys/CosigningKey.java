package org.cartulary.compliance.keys;

import java.security.SecureRandom;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.MLDSASigner;

/** The ML-DSA-44 key (FIPS 204) by which the log cosigns its own checkpoints. Thread-safe. */
public final class CosigningKey {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final MLDSAPrivateKeyParameters key;

    CosigningKey(MLDSAPrivateKeyParameters key) {
        this.key = key;
    }

    /** The public key, 1,312 bytes. */
    public byte[] publicKey() {
        return key.getPublicKey();
    }

    /** A signature of {@code message}, 2,420 bytes; another one each time (hedged, with an empty context). */
    public byte[] sign(byte[] message) {
        MLDSASigner signer = new MLDSASigner();
        signer.init(true, new ParametersWithRandom(key, RANDOM));
        signer.update(message, 0, message.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IllegalStateException("ML-DSA-44 could not sign", e);
        }
    }
}
