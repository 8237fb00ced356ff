package org.cartulary.verifier.tree;

import java.util.List;

/** Consistency proofs of RFC 6962 section 2.1.2, verified as RFC 9162 section 2.1.4.2 says. */
public final class ConsistencyProof {
    private ConsistencyProof() {}

    /**
     * The roots that a proof leads to.
     *
     * @param old of the earlier tree
     * @param grown of the later one
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes as they lie in files: never changed, never compared as a record
    public record Roots(byte[] old, byte[] grown) {}

    /**
     * Follows a proof.
     *
     * @param oldSize 1 or more, less than {@code size}
     * @param oldRoot which the proof leaves out where the old tree is one of the subtrees of the later one
     * @throws IllegalArgumentException where the sizes are not such, or the proof has another length than they determine
     */
    public static Roots roots(long oldSize, long size, byte[] oldRoot, List<byte[]> proof) {
        if (oldSize < 1 || oldSize >= size) {
            throw new IllegalArgumentException("a tree of " + oldSize + " entries cannot have grown to " + size);
        }
        long node = oldSize - 1;
        long last = size - 1;
        while ((node & 1) == 1) {
            node >>= 1;
            last >>= 1;
        }
        boolean wholeSubtree = node == 0;
        if (proof.isEmpty() && !wholeSubtree) {
            throw new IllegalArgumentException("a proof without hashes");
        }
        byte[] first = wholeSubtree ? oldRoot : proof.getFirst();
        byte[] old = first;
        byte[] grown = first;
        for (byte[] hash : proof.subList(wholeSubtree ? 0 : 1, proof.size())) {
            if (last == 0) {
                throw new IllegalArgumentException("a proof with more hashes than it should have");
            }
            if ((node & 1) == 1 || node == last) {
                old = Sha256.ofThread().node(hash, old);
                grown = Sha256.ofThread().node(hash, grown);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                grown = Sha256.ofThread().node(grown, hash);
            }
            node >>= 1;
            last >>= 1;
        }
        if (last != 0) {
            throw new IllegalArgumentException("a proof with fewer hashes than it should have");
        }
        return new Roots(old, grown);
    }
}
