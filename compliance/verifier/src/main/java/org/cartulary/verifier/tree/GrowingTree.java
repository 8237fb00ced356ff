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
        addSubtree(0, leafHash);
    }

    /**
     * Adds the root of the next 2^{@code lowest} leaves; the subtrees below it are not told of. The size must be a multiple of
     * that many.
     */
    public void addSubtree(int lowest, byte[] root) {
        byte[] hash = root;
        int height = lowest;
        listener.completed(height, size >> height, hash);
        for (long rest = size >> lowest; (rest & 1) == 1; rest >>= 1) {
            hash = Sha256.ofThread().node(roots.removeLast(), hash);
            height++;
            listener.completed(height, size >> height, hash);
        }
        roots.add(hash);
        size += 1L << lowest;
    }

    /** The root over leaf hashes whose number is a power of two. */
    public static byte[] rootOfFull(byte[][] leafHashes) {
        byte[][] row = leafHashes.clone();
        for (int width = row.length / 2; width > 0; width /= 2) {
            for (int i = 0; i < width; i++) {
                row[i] = Sha256.ofThread().node(row[2 * i], row[2 * i + 1]);
            }
        }
        return row[0];
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
