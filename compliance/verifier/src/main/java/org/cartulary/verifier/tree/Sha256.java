package org.cartulary.verifier.tree;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 and the two hashes of RFC 6962 section 2.1. One instance serves one thread. */
public final class Sha256 {
    public static final int BYTES = 32;

    private static final ThreadLocal<Sha256> OF_THREAD = ThreadLocal.withInitial(Sha256::new);
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest digest;
    /** 0x01 and room for two hashes. */
    private final byte[] pair = new byte[1 + 2 * BYTES];

    private Sha256() {
        pair[0] = NODE;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime has no SHA-256; use a complete one.", e);
        }
    }

    /** The instance of the current thread. */
    public static Sha256 ofThread() {
        return OF_THREAD.get();
    }

    /** SHA-256 of the parts one after the other. */
    public byte[] of(byte[]... parts) {
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    /** SHA-256 of {@code prefix} followed by a part of {@code bytes}. */
    public byte[] of(byte[] prefix, byte[] bytes, int from, int to) {
        digest.update(prefix);
        digest.update(bytes, from, to - from);
        return digest.digest();
    }

    /** Takes the next bytes of something long, up to {@link #end}. */
    public void update(byte[] bytes, int length) {
        digest.update(bytes, 0, length);
    }

    /** SHA-256 of all that {@link #update} took. */
    public byte[] end() {
        return digest.digest();
    }

    /** SHA-256(0x00 || leaf). */
    public byte[] leaf(byte[] bytes, int from, int to) {
        digest.update(LEAF);
        digest.update(bytes, from, to - from);
        return digest.digest();
    }

    /** SHA-256(0x01 || left || right). */
    public byte[] node(byte[] left, byte[] right) {
        System.arraycopy(left, 0, pair, 1, BYTES);
        System.arraycopy(right, 0, pair, 1 + BYTES, BYTES);
        digest.update(pair, 0, pair.length);
        return digest.digest();
    }
}
