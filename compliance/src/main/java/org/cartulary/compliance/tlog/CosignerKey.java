package org.cartulary.compliance.tlog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.MLDSASigner;

/**
 * The verifier key of a cosigner, which is a witness or the log itself (C2SP tlog-cosignature): Ed25519, type 0x04, or
 * ML-DSA-44, type 0x06. Immutable.
 *
 * @param name of the cosigner
 * @param type 4 or 6
 */
@SuppressWarnings("ArrayRecordComponent")
public record CosignerKey(String name, byte type, byte[] publicKey) {
    private static final byte ED25519 = 0x04;
    private static final byte ML_DSA_44 = 0x06;
    private static final int ED25519_BYTES = 32;
    private static final int ML_DSA_44_BYTES = 1_312;
    private static final int KEY_ID_BYTES = 4;
    private static final int MAX_NAME_BYTES = 255;

    /**
     * Reads a vkey.
     *
     * @throws IllegalArgumentException with a sentence where it is none of these types, or its id does not fit
     */
    public static CosignerKey parse(String vkey) {
        String[] parts = vkey.split("\\+", 3); // the base64 part may hold plus signs
        if (parts.length != 3 || parts[0].isEmpty()) {
            throw new IllegalArgumentException("\"" + shortened(vkey) + "\" is not <name>+<id>+<base64>");
        }
        byte[] typed = Base64.getDecoder().decode(parts[2]);
        boolean ed25519 = typed.length == 1 + ED25519_BYTES && typed[0] == ED25519;
        boolean mlDsa = typed.length == 1 + ML_DSA_44_BYTES && typed[0] == ML_DSA_44;
        if (!ed25519 && !mlDsa) {
            throw new IllegalArgumentException("The key of " + parts[0]
                    + " is not that of a witness, of type 0x04 (Ed25519) or 0x06 (ML-DSA-44): take its witness.vkey");
        }
        CosignerKey key = new CosignerKey(parts[0], typed[0], Arrays.copyOfRange(typed, 1, typed.length));
        if (!key.id().equals(parts[1])) {
            throw new IllegalArgumentException("The key of " + parts[0] + " states the id " + parts[1]
                    + ", but has the id " + key.id() + ": it was altered or mistyped");
        }
        if (ed25519) {
            key.requirePoint();
        }
        return key;
    }

    /** Not every 32 bytes are a key: only those that are a point of the curve, and one of many multiples. */
    private void requirePoint() {
        try {
            new Ed25519PublicKeyParameters(publicKey);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The key of " + name + " is no public key of Ed25519: take its witness.vkey", e);
        }
    }

    /** A key of type 0x06. */
    static CosignerKey mlDsa(String name, byte[] publicKey) {
        return new CosignerKey(name, ML_DSA_44, publicKey);
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    /** Four bytes in hexadecimal, by which signature lines name it. */
    public String id() {
        return HexFormat.of().formatHex(idBytes());
    }

    byte[] idBytes() {
        MessageDigest sha256 = MerkleHash.sha256();
        sha256.update((name + "\n").getBytes(StandardCharsets.UTF_8));
        sha256.update(type);
        return Arrays.copyOf(sha256.digest(publicKey), KEY_ID_BYTES);
    }

    /** As one line of text, without a newline. */
    public String vkey() {
        byte[] typed = ByteBuffer.allocate(1 + publicKey.length)
                .put(type)
                .put(publicKey)
                .array();
        return shown() + "+" + Base64.getEncoder().encodeToString(typed);
    }

    /** Name and id. */
    public String shown() {
        return name + "+" + id();
    }

    /** Whether a signature line says that it is of this key. */
    public boolean isNamedBy(String line) {
        return decoded(line)
                .filter(blob -> HexFormat.of().formatHex(blob, 0, KEY_ID_BYTES).equals(id()))
                .isPresent();
    }

    /**
     * When this cosigner signed a checkpoint, by its own clock.
     *
     * @param line of a note
     * @return empty where the line is none of this key, or does not verify
     */
    public Optional<Instant> verified(Checkpoint checkpoint, String line) {
        if (!isNamedBy(line)) {
            return Optional.empty();
        }
        return decoded(line).flatMap(blob -> verified(checkpoint, blob));
    }

    private Optional<byte[]> decoded(String line) {
        String prefix = "— " + name + " ";
        if (!line.startsWith(prefix)) {
            return Optional.empty();
        }
        try {
            byte[] blob =
                    Base64.getDecoder().decode(line.substring(prefix.length()).strip());
            return blob.length > KEY_ID_BYTES + Long.BYTES ? Optional.of(blob) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<Instant> verified(Checkpoint checkpoint, byte[] blob) {
        long time = ByteBuffer.wrap(blob, KEY_ID_BYTES, Long.BYTES).getLong();
        byte[] signature = Arrays.copyOfRange(blob, KEY_ID_BYTES + Long.BYTES, blob.length);
        // A cosignature without a time says nothing of which tree was the latest; and Instant ends before 2^63 seconds.
        if (time <= 0 || time > Instant.MAX.getEpochSecond()) {
            return Optional.empty();
        }
        return isSigned(message(checkpoint, time), signature)
                ? Optional.of(Instant.ofEpochSecond(time))
                : Optional.empty();
    }

    boolean isSigned(byte[] message, byte[] signature) {
        return type == ED25519 ? isEd25519(message, signature) : isMlDsa(message, signature);
    }

    /**
     * What a cosigner of this name and type signs.
     *
     * @param time in seconds since 1970
     */
    byte[] message(Checkpoint checkpoint, long time) {
        return type == ED25519 ? timed(checkpoint, time) : wholeTree(checkpoint, time);
    }

    private static byte[] timed(Checkpoint checkpoint, long time) {
        return ("cosignature/v1\ntime " + time + "\n" + checkpoint.text()).getBytes(StandardCharsets.UTF_8);
    }

    /** The {@code cosigned_message} of the specification for all leaves. */
    private byte[] wholeTree(Checkpoint checkpoint, long time) {
        byte[] label = "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);
        byte[] cosigner = shortName(name);
        byte[] origin = shortName(checkpoint.origin());
        return ByteBuffer.allocate(
                        label.length + 1 + cosigner.length + 1 + origin.length + 3 * Long.BYTES + MerkleHash.BYTES)
                .put(label)
                .put((byte) cosigner.length)
                .put(cosigner)
                .putLong(time)
                .put((byte) origin.length)
                .put(origin)
                .putLong(0)
                .putLong(checkpoint.size())
                .put(checkpoint.root())
                .array();
    }

    private static byte[] shortName(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_NAME_BYTES) {
            throw new IllegalArgumentException("A name of at most " + MAX_NAME_BYTES + " bytes is signed, not " + text);
        }
        return bytes;
    }

    private boolean isEd25519(byte[] message, byte[] signature) {
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, new Ed25519PublicKeyParameters(publicKey));
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }

    private boolean isMlDsa(byte[] message, byte[] signature) {
        MLDSASigner verifier = new MLDSASigner();
        verifier.init(false, new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_44, publicKey));
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CosignerKey that
                && name.equals(that.name)
                && type == that.type
                && Arrays.equals(publicKey, that.publicKey);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(publicKey);
    }
}
