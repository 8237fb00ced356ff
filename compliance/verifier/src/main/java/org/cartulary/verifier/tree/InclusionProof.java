package org.cartulary.verifier.tree;

import java.util.List;

/** Inclusion proofs of RFC 6962 section 2.1.1, verified as RFC 9162 section 2.1.3.2 says. */
public final class InclusionProof {
    private InclusionProof() {}

    /**
     * The root that a proof leads to.
     *
     * @param path sibling hashes from the leaf up
     * @throws IllegalArgumentException if the index is not in the tree, or the path has another length than the one
     *     that index and size determine
     */
    public static byte[] root(long index, long size, byte[] leafHash, List<byte[]> path) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("index " + index + " is not in a tree of " + size + " entries");
        }
        int expected = pathLength(index, size);
        if (path.size() != expected) {
            throw new IllegalArgumentException("a path of " + path.size() + " hashes where index " + index
                    + " in a tree of " + size + " has " + expected);
        }
        long node = index;
        long last = size - 1;
        byte[] hash = leafHash;
        for (byte[] sibling : path) {
            while ((node & 1) == 0 && node == last) { // a last node without a sibling moves up unchanged
                node >>= 1;
                last >>= 1;
            }
            hash = (node & 1) == 1
                    ? Sha256.ofThread().node(sibling, hash)
                    : Sha256.ofThread().node(hash, sibling);
            node >>= 1;
            last >>= 1;
        }
        return hash;
    }

    /** How many hashes the proof of this index has in a tree of this size. */
    public static int pathLength(long index, long size) {
        int inner = Long.SIZE - Long.numberOfLeadingZeros(index ^ (size - 1));
        return inner + Long.bitCount(index >>> inner);
    }
}
