package org.cartulary.compliance.tlog;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The right edge of a tree: the roots of its complete subtrees, largest first, one for each bit that is set in the size.
 * It is all that appending and the root need. Immutable.
 */
public final class Frontier {
    /** The tree without leaves. */
    public static final Frontier EMPTY = new Frontier(0, List.of());

    private final long size;
    private final List<byte[]> subtrees;

    private Frontier(long size, List<byte[]> subtrees) {
        this.size = size;
        this.subtrees = subtrees;
    }

    /** Reads what {@link #encoded} gave for a tree of {@code size} leaves. */
    public static Frontier decode(long size, byte[] encoded) {
        if (encoded.length != Long.bitCount(size) * MerkleHash.BYTES) {
            throw new IllegalArgumentException(
                    "A tree of " + size + " leaves has no frontier of " + encoded.length + " bytes");
        }
        List<byte[]> subtrees = new ArrayList<>();
        for (int at = 0; at < encoded.length; at += MerkleHash.BYTES) {
            subtrees.add(Arrays.copyOfRange(encoded, at, at + MerkleHash.BYTES));
        }
        return new Frontier(size, Collections.unmodifiableList(subtrees));
    }

    /** The subtree roots one after the other, 32 bytes each. */
    public byte[] encoded() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        subtrees.forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    public long size() {
        return size;
    }

    /** The tree with these leaf hashes appended. */
    public Frontier plus(List<byte[]> leafHashes) {
        List<byte[]> grown = new ArrayList<>(subtrees);
        long grownSize = size;
        for (byte[] leafHash : leafHashes) {
            byte[] hash = leafHash;
            for (long bits = grownSize; (bits & 1) == 1; bits >>= 1) {
                hash = MerkleHash.node(grown.removeLast(), hash);
            }
            grown.add(hash);
            grownSize++;
        }
        return new Frontier(grownSize, Collections.unmodifiableList(grown));
    }

    /** The Merkle Tree Hash of RFC 6962, section 2.1. */
    public byte[] root() {
        return rootOf(subtrees);
    }

    /** Joins the roots of complete subtrees, largest first, into the root of the tree that they make up. */
    static byte[] rootOf(List<byte[]> subtrees) {
        if (subtrees.isEmpty()) {
            return MerkleHash.emptyRoot();
        }
        byte[] root = subtrees.getLast();
        for (int i = subtrees.size() - 2; i >= 0; i--) {
            root = MerkleHash.node(subtrees.get(i), root);
        }
        return root;
    }
}
