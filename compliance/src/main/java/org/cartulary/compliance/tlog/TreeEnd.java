package org.cartulary.compliance.tlog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The growing end of a tree, held in memory: what was added can be proved before its tiles are in files. Readers of the log
 * directory find it there. For one thread.
 */
public final class TreeEnd {
    private final LogDirectory directory;
    private long size;

    // Of the last tile, as long as it is partial.
    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private final ByteArrayOutputStream hashes = new ByteArrayOutputStream();

    /**
     * The end of a tree whose tiles are in files.
     *
     * @param leaves asked for those of the last partial tile
     */
    public TreeEnd(LogDirectory directory, long size, TreeWriter.Leaves leaves) {
        this.directory = directory;
        this.size = size;
        int partial = (int) (size % Tile.FULL_WIDTH);
        if (partial > 0) {
            leaves.read(size - partial, partial).forEach(this::append);
        }
    }

    private void append(byte[] leaf) {
        entries.writeBytes(LogDirectory.bundle(List.of(leaf)));
        hashes.writeBytes(MerkleHash.leaf(leaf));
    }

    /** Adds leaves; proofs of the larger tree can be made from now on. */
    public void add(List<byte[]> leaves) throws IOException {
        long old = size;
        Map<Tile, byte[]> tiles = new LinkedHashMap<>();
        for (byte[] leaf : leaves) {
            append(leaf);
            size++;
            if (size % Tile.FULL_WIDTH == 0) {
                putLast(tiles);
                entries.reset();
                hashes.reset();
            }
        }
        if (size % Tile.FULL_WIDTH > 0) {
            putLast(tiles);
        }
        directory.showAhead(tiles);
        TreeReader grown = new TreeReader(directory, size);
        for (int level = 1; Tile.hashesAt(level, size) > Tile.hashesAt(level, old); level++) {
            Map<Tile, byte[]> above = new LinkedHashMap<>();
            for (Tile tile : Tile.between(level, old, size)) {
                above.put(tile, TreeWriter.tileRoots(directory, tile, Tile.hashesAt(level, old), grown));
            }
            directory.showAhead(above);
        }
    }

    private void putLast(Map<Tile, byte[]> tiles) {
        long index = (size - 1) / Tile.FULL_WIDTH;
        int width = (int) (size - index * Tile.FULL_WIDTH);
        tiles.put(new Tile(Tile.ENTRIES, index, width), entries.toByteArray());
        tiles.put(new Tile(0, index, width), hashes.toByteArray());
    }

    /** The Merkle Tree Hash of all that was added, derived from the tiles that readers find. */
    public byte[] root() throws IOException {
        return new TreeReader(directory, size).root();
    }
}
