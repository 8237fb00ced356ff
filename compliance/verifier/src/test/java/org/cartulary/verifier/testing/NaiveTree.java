package org.cartulary.verifier.testing;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** RFC 6962 section 2.1, word for word: recursive, slow, plainly right. */
public final class NaiveTree {
    private NaiveTree() {}

    public static byte[] leaf(byte[] leaf) {
        return sha256(new byte[] {0}, leaf);
    }

    public static byte[] node(byte[] left, byte[] right) {
        return sha256(new byte[] {1}, left, right);
    }

    /** MTH over leaf hashes. */
    public static byte[] root(List<byte[]> leafHashes) {
        int size = leafHashes.size();
        if (size == 0) {
            return sha256();
        }
        if (size == 1) {
            return leafHashes.getFirst();
        }
        int split = split(size);
        return node(root(leafHashes.subList(0, split)), root(leafHashes.subList(split, size)));
    }

    /** PATH(m, D[n]). */
    public static List<byte[]> path(int index, List<byte[]> leafHashes) {
        int size = leafHashes.size();
        List<byte[]> path = new ArrayList<>();
        if (size > 1) {
            int split = split(size);
            List<byte[]> left = leafHashes.subList(0, split);
            List<byte[]> right = leafHashes.subList(split, size);
            path.addAll(index < split ? path(index, left) : path(index - split, right));
            path.add(root(index < split ? right : left));
        }
        return path;
    }

    /** PROOF(m, D[n]), 0 &lt; m &lt; n. */
    public static List<byte[]> proof(int old, List<byte[]> leafHashes) {
        return subproof(old, leafHashes, true);
    }

    private static List<byte[]> subproof(int old, List<byte[]> leafHashes, boolean known) {
        int size = leafHashes.size();
        if (old == size) {
            return known ? List.of() : List.of(root(leafHashes));
        }
        int split = split(size);
        List<byte[]> left = leafHashes.subList(0, split);
        List<byte[]> right = leafHashes.subList(split, size);
        List<byte[]> proof =
                new ArrayList<>(old <= split ? subproof(old, left, known) : subproof(old - split, right, false));
        proof.add(root(old <= split ? right : left));
        return proof;
    }

    /** Largest power of two below {@code size}. */
    private static int split(int size) {
        return Integer.highestOneBit(size - 1);
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
