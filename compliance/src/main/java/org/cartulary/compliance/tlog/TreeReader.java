package org.cartulary.compliance.tlog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tree of one size, read out of its published tiles. For one thread; it keeps the {@value #KEPT_TILES} tiles that it needed
 * last, with the hashes of the subtrees within each (8 MB), so that the proofs of neighbours cost little.
 */
public final class TreeReader {
    private static final int KEPT_TILES = 512;

    private final LogDirectory directory;
    private final long size;

    /** Of each tile the hashes of its complete subtrees, by height from 0. */
    private final Map<Tile, byte[][]> tiles = new LinkedHashMap<>(KEPT_TILES, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Tile, byte[][]> eldest) {
            return size() > KEPT_TILES;
        }
    };

    /** The tree of the first {@code size} leaves; a checkpoint of that size must have been published. */
    public TreeReader(LogDirectory directory, long size) {
        this.directory = directory;
        this.size = size;
    }

    /** The Merkle Tree Hash of this tree, derived from its tiles. */
    public byte[] root() throws IOException {
        return hash(0, size);
    }

    /** As {@link #root()}, of the first leaves alone; their tiles need never have been published as a tree. */
    public byte[] rootOfFirst(long leaves) throws IOException {
        if (leaves < 0 || leaves > size) {
            throw new IllegalArgumentException("A tree of " + size + " leaves has no first " + leaves);
        }
        return hash(0, leaves);
    }

    /** The audit path of RFC 6962, section 2.1.1, for the leaf at {@code index}, from its sibling up. */
    public List<byte[]> inclusionPath(long index) throws IOException {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("No leaf " + index + " in a tree of " + size);
        }
        List<byte[]> path = new ArrayList<>();
        long low = 0;
        long high = size;
        while (high - low > 1) {
            long middle = low + Long.highestOneBit(high - low - 1);
            if (index < middle) {
                path.add(hash(middle, high));
                high = middle;
            } else {
                path.add(hash(low, middle));
                low = middle;
            }
        }
        return path.reversed();
    }

    /** The consistency proof of RFC 6962, section 2.1.2, between the first {@code old} leaves, 1 or more, and this tree. */
    public List<byte[]> consistencyProof(long old) throws IOException {
        if (old < 1 || old > size) {
            throw new IllegalArgumentException("No tree of " + old + " leaves has grown to " + size);
        }
        List<byte[]> proof = new ArrayList<>();
        long low = 0;
        long high = size;
        boolean known = true;
        while (old < high) {
            long middle = low + Long.highestOneBit(high - low - 1);
            if (old <= middle) {
                proof.add(hash(middle, high));
                high = middle;
            } else {
                proof.add(hash(low, middle));
                low = middle;
                known = false;
            }
        }
        if (!known) {
            proof.add(hash(low, high));
        }
        return proof.reversed();
    }

    /** The hash of leaves low to high, where low is a multiple of the largest power of two within the range. */
    private byte[] hash(long low, long high) throws IOException {
        List<byte[]> subtrees = new ArrayList<>();
        for (long at = low; at < high; ) {
            int height = Long.SIZE - 1 - Long.numberOfLeadingZeros(high - at);
            subtrees.add(subtree(height, at >>> height));
            at += 1L << height;
        }
        return Frontier.rootOf(subtrees);
    }

    /** The root of the complete subtree of 2^height leaves that is the index-th of its height. */
    private byte[] subtree(int height, long index) throws IOException {
        int level = height / Tile.LEVEL_BITS;
        int within = height % Tile.LEVEL_BITS;
        long first = index << within;
        long tileIndex = first / Tile.FULL_WIDTH;
        int width = (int) Math.min(Tile.FULL_WIDTH, Tile.hashesAt(level, size) - tileIndex * Tile.FULL_WIDTH);
        byte[] hashes = read(new Tile(level, tileIndex, width))[within];
        int at = (int) (first % Tile.FULL_WIDTH >> within) * MerkleHash.BYTES;
        return Arrays.copyOfRange(hashes, at, at + MerkleHash.BYTES);
    }

    /** The root of a full tile, computed from its hashes; what the level above holds for it. */
    byte[] fullTileRoot(int level, long index) throws IOException {
        return subtrees(directory.read(new Tile(level, index, Tile.FULL_WIDTH)))[Tile.LEVEL_BITS];
    }

    private byte[][] read(Tile tile) throws IOException {
        byte[][] subtrees = tiles.get(tile);
        if (subtrees == null) {
            subtrees = subtrees(directory.read(tile));
            tiles.put(tile, subtrees);
        }
        return subtrees;
    }

    private static byte[][] subtrees(byte[] hashes) {
        byte[][] subtrees = new byte[Tile.LEVEL_BITS + 1][];
        subtrees[0] = hashes;
        for (int height = 1; height <= Tile.LEVEL_BITS; height++) {
            byte[] below = subtrees[height - 1];
            byte[] row = new byte[below.length / MerkleHash.BYTES / 2 * MerkleHash.BYTES];
            for (int at = 0; at < row.length; at += MerkleHash.BYTES) {
                byte[] left = Arrays.copyOfRange(below, 2 * at, 2 * at + MerkleHash.BYTES);
                byte[] right = Arrays.copyOfRange(below, 2 * at + MerkleHash.BYTES, 2 * at + 2 * MerkleHash.BYTES);
                System.arraycopy(MerkleHash.node(left, right), 0, row, at, MerkleHash.BYTES);
            }
            subtrees[height] = row;
        }
        return subtrees;
    }
}
