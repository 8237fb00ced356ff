package org.cartulary.compliance.tlog;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The two hashes of an RFC 6962 tree (section 2.1), SHA-256, told apart by their first byte. */
public final class MerkleHash {
    /** Length of every hash. */
    public static final int BYTES = 32;

    private MerkleHash() {}

    /** The hash of a leaf's exact bytes. */
    public static byte[] leaf(byte[] leaf) {
        MessageDigest sha256 = sha256();
        sha256.update((byte) 0x00);
        return sha256.digest(leaf);
    }

    /** The hash of two neighbouring subtrees. */
    public static byte[] node(byte[] left, byte[] right) {
        MessageDigest sha256 = sha256();
        sha256.update((byte) 0x01);
        sha256.update(left);
        return sha256.digest(right);
    }

    /** The root of a tree without leaves. */
    public static byte[] emptyRoot() {
        return sha256().digest();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }
}
