package org.cartulary.verifier.tree;

import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 and the two hashes of RFC 6962 section 2.1. One instance serves one thread. */
public final class Sha256 {
    public static final int BYTES = 32;

    private static final ThreadLocal<Sha256> OF_THREAD = ThreadLocal.withInitial(Sha256::new);
    private static final byte LEAF = 0;
    private static final byte NODE = 1;
    private static final int CHUNK_BYTES = 1 << 16;

    private final MessageDigest digest;

    private Sha256() {
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

    /** SHA-256 of memory of any size. */
    public byte[] of(MemorySegment memory) {
        long size = memory.byteSize();
        for (long at = 0; at < size; at += CHUNK_BYTES) {
            digest.update(memory.asSlice(at, Math.min(CHUNK_BYTES, size - at)).asByteBuffer());
        }
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
        digest.update(NODE);
        digest.update(left);
        digest.update(right);
        return digest.digest();
    }
}
