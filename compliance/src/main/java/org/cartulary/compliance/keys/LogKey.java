package org.cartulary.compliance.keys;

import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** The Ed25519 key (RFC 8032) that signs the log's checkpoints. Thread-safe. */
public final class LogKey {
    private final Ed25519PrivateKeyParameters key;

    LogKey(Ed25519PrivateKeyParameters key) {
        this.key = key;
    }

    /** The public key, 32 bytes. */
    public byte[] publicKey() {
        return key.generatePublicKey().getEncoded();
    }

    /** The signature of {@code message}, 64 bytes. */
    public byte[] sign(byte[] message) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, key);
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    /** Whether {@code signature} over {@code message} is this key's. */
    public boolean signed(byte[] message, byte[] signature) {
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, new Ed25519PublicKeyParameters(publicKey()));
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }
}
