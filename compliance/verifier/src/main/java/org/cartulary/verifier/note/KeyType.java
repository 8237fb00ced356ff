package org.cartulary.verifier.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a key signs a note: the signature types of C2SP signed-note and tlog-cosignature that Cartulary uses. In what is signed
 * they differ, so that no signature of one type passes for one of another.
 */
public enum KeyType {
    /** Ed25519 over the text of the note: how a log signs its checkpoint, and a bundle's manifest. */
    NOTE(0x01, "Ed25519", "302a300506032b6570032100", 32, 64) {
        @Override
        public byte[] message(byte[] text, String name, long time) {
            return text;
        }
    },
    /** Ed25519 over a time and the text of a checkpoint: how a witness cosigns. */
    ED25519_COSIGNATURE(0x04, "Ed25519", "302a300506032b6570032100", 32, 64) {
        @Override
        public byte[] message(byte[] text, String name, long time) {
            byte[] head = ("cosignature/v1\ntime " + time + "\n").getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(head.length + text.length)
                    .put(head)
                    .put(text)
                    .array();
        }
    },
    /** ML-DSA-44 (FIPS 204) over name, time and tree: how a witness cosigns in a way that quantum computers don't break. */
    ML_DSA_COSIGNATURE(0x06, "ML-DSA-44", "30820532300b06096086480165030403110382052100", 1312, 2420) {
        @Override
        public byte[] message(byte[] text, String name, long time) {
            Checkpoint tree = Checkpoint.parse(new String(text, StandardCharsets.UTF_8), "cosigned checkpoint");
            byte[] cosigner = name.getBytes(StandardCharsets.UTF_8);
            byte[] origin = tree.origin().getBytes(StandardCharsets.UTF_8);
            if (cosigner.length > MAX_NAME_BYTES || origin.length > MAX_NAME_BYTES) {
                throw new IllegalArgumentException(
                        "A cosigner and an origin have names of at most " + MAX_NAME_BYTES + " bytes");
            }
            return ByteBuffer.allocate(SUBTREE_LABEL.length + 1 + cosigner.length + 1 + origin.length + 3 * 8 + 32)
                    .put(SUBTREE_LABEL)
                    .put((byte) cosigner.length)
                    .put(cosigner)
                    .putLong(time)
                    .put((byte) origin.length)
                    .put(origin)
                    .putLong(0)
                    .putLong(tree.size())
                    .put(tree.root())
                    .array();
        }
    };

    private static final byte[] SUBTREE_LABEL = "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_NAME_BYTES = 255;

    private final byte number;
    private final String algorithm;
    private final String spkiPrefix;
    private final int keyBytes;
    private final int signatureBytes;

    /** @param spkiPrefix DER of a SubjectPublicKeyInfo up to the key itself (RFC 8410, RFC 9881), in hexadecimal */
    KeyType(int number, String algorithm, String spkiPrefix, int keyBytes, int signatureBytes) {
        this.number = (byte) number;
        this.algorithm = algorithm;
        this.spkiPrefix = spkiPrefix;
        this.keyBytes = keyBytes;
        this.signatureBytes = signatureBytes;
    }

    /** What is signed, given the text of a note, the signer's name and, of a cosignature, its time. */
    public abstract byte[] message(byte[] text, String name, long time);

    /** Whether it says when it was made. */
    public boolean isCosignature() {
        return this != NOTE;
    }

    /** As the JDK calls it. */
    public String algorithm() {
        return algorithm;
    }

    /** The type that a verifier key of these bytes, its number first, is of; empty where it is none of these. */
    static Optional<KeyType> of(byte[] typedKey) {
        return Arrays.stream(values())
                .filter(type -> typedKey.length == 1 + type.keyBytes && typedKey[0] == type.number)
                .findFirst();
    }

    /** The bytes of a verifier key, its number first. */
    public byte[] typed(PublicKey key) {
        byte[] spki = key.getEncoded();
        return ByteBuffer.allocate(1 + keyBytes)
                .put(number)
                .put(spki, spki.length - keyBytes, keyBytes)
                .array();
    }

    PublicKey publicKey(byte[] typedKey) {
        byte[] prefix = HexFormat.of().parseHex(spkiPrefix);
        byte[] spki = ByteBuffer.allocate(prefix.length + keyBytes)
                .put(prefix)
                .put(typedKey, 1, keyBytes)
                .array();
        try {
            PublicKey key = KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(spki));
            Signature.getInstance(algorithm).initVerify(key); // only this looks whether it is a point of the curve
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a public key of " + algorithm, e);
        }
    }

    /**
     * Whether a signature is one of a key.
     *
     * @return the time at which it was made, in seconds since 1970, 0 where the type has none; empty where it does not verify
     */
    OptionalLong verified(PublicKey key, String name, byte[] text, byte[] signature) {
        int timeBytes = isCosignature() ? Long.BYTES : 0;
        if (signature.length != timeBytes + signatureBytes) {
            return OptionalLong.empty();
        }
        long time = isCosignature() ? ByteBuffer.wrap(signature).getLong() : 0;
        if (time < 0) {
            return OptionalLong.empty();
        }
        byte[] bare = Arrays.copyOfRange(signature, timeBytes, signature.length);
        return isSigned(key, message(text, name, time), bare) ? OptionalLong.of(time) : OptionalLong.empty();
    }

    /** Whether a signature, without a time before it, is one of a key over just these bytes. */
    boolean isSigned(PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false; // not even the encoding of a signature
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "This Java runtime cannot verify " + algorithm + "; use a complete one of version 24 or later.", e);
        }
    }
}
