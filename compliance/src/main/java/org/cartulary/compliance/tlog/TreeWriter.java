package org.cartulary.compliance.tlog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** Extends the published tiles of a log to a larger tree. For one thread. */
public final class TreeWriter {
    private final LogDirectory directory;

    public TreeWriter(LogDirectory directory) {
        this.directory = directory;
    }

    /** Where the writer gets the exact bytes of leaves from. */
    @FunctionalInterface
    public interface Leaves {
        /** The leaves from index {@code first} on, exactly {@code count} of them. */
        List<byte[]> read(long first, int count);
    }

    /**
     * Makes every tile and entry bundle durable that a tree of {@code size} leaves needs and the published one of
     * {@code old} leaves lacked. Safe to repeat after a crash at any point.
     *
     * @throws TileConflict where a tile stands there with other bytes
     */
    public void extend(long old, long size, Leaves leaves) throws IOException {
        TreeReader grown = new TreeReader(directory, size);
        for (Tile tile : Tile.between(old, size)) {
            switch (tile.level()) {
                case Tile.ENTRIES -> directory.write(tile, LogDirectory.bundle(read(tile, leaves)));
                case 0 -> directory.write(tile, leafHashes(read(tile, leaves)));
                default -> directory.write(tile, tileRoots(tile, Tile.hashesAt(tile.level(), old), grown));
            }
        }
    }

    /** Makes durable what an attempt that was cut short left of directories, for trees between these two sizes. */
    public void syncDirectories(long old, long size) throws IOException {
        directory.syncDirectories(Tile.between(old, size));
    }

    private static List<byte[]> read(Tile tile, Leaves leaves) {
        return leaves.read(tile.index() * Tile.FULL_WIDTH, tile.width());
    }

    private static byte[] leafHashes(List<byte[]> leaves) {
        ByteArrayOutputStream hashes = new ByteArrayOutputStream(leaves.size() * MerkleHash.BYTES);
        leaves.forEach(leaf -> hashes.writeBytes(MerkleHash.leaf(leaf)));
        return hashes.toByteArray();
    }

    /** The old part comes out of the partial tile that it replaces: recomputing it would read 256 tiles below. */
    private byte[] tileRoots(Tile tile, long oldHashes, TreeReader grown) throws IOException {
        ByteArrayOutputStream hashes = new ByteArrayOutputStream(tile.width() * MerkleHash.BYTES);
        long first = tile.index() * Tile.FULL_WIDTH;
        int known = (int) Math.max(0, oldHashes - first);
        if (known > 0) {
            hashes.writeBytes(directory.read(new Tile(tile.level(), tile.index(), known)));
        }
        for (long index = first + known; index < first + tile.width(); index++) {
            hashes.writeBytes(grown.fullTileRoot(tile.level() - 1, index));
        }
        return hashes.toByteArray();
    }

    /** Deletes partial tiles that became full between the two sizes. */
    public void deleteSuperseded(long old, long size) throws IOException {
        for (Tile tile : Tile.between(old, size)) {
            if (tile.isFull()) {
                directory.deletePartials(tile);
            }
        }
    }
}
