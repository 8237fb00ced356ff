package org.cartulary.verifier.tree;

import java.util.ArrayList;
import java.util.List;

/**
 * A tree to which leaves are added from left to right. It keeps only the roots of the complete subtrees, one for each
 * bit that is set in its size. One thread.
 */
public final class GrowingTree {
    /** Is told of each complete subtree, lowest first. */
    public interface CompleteSubtrees {
        /**
         * Takes the root of a subtree of 2^{@code height} leaves.
         *
         * @param index how many subtrees of this height lie to its left
         */
        void completed(int height, long index, byte[] hash);
    }

    private final CompleteSubtrees listener;
    private final List<byte[]> roots = new ArrayList<>();
    private long size;

    public GrowingTree(CompleteSubtrees listener) {
        this.listener = listener;
    }

    /** Adds the hash of the next leaf. */
    public void add(byte[] leafHash) {
        byte[] hash = leafHash;
        int height = 0;
        listener.completed(0, size, hash);
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            hash = Sha256.ofThread().node(roots.removeLast(), hash);
            height++;
            listener.completed(height, size >> height, hash);
        }
        roots.add(hash);
        size++;
    }

    public long size() {
        return size;
    }

    /** The root of the tree as it stands; that of the empty tree is SHA-256 of nothing. */
    public byte[] root() {
        if (roots.isEmpty()) {
            return Sha256.ofThread().of();
        }
        byte[] hash = roots.getLast();
        for (int i = roots.size() - 2; i >= 0; i--) {
            hash = Sha256.ofThread().node(roots.get(i), hash);
        }
        return hash;
    }
}
