package org.cartulary.compliance.tlog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Extends the published tiles of a log to a larger tree. For one thread. */
public final class TreeWriter {
    /** Index tiles whose bytes are held and made durable at once, with their entry bundles. */
    private static final int TILES_TOGETHER = 8;

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
        long first = old / Tile.FULL_WIDTH;
        for (long from = first; from * Tile.FULL_WIDTH < size; from += TILES_TOGETHER) {
            directory.write(lowest(from, size, leaves));
        }
        for (int level = 1; Tile.hashesAt(level, size) > 0; level++) {
            Map<Tile, byte[]> tiles = new LinkedHashMap<>();
            for (Tile tile : Tile.between(level, old, size)) {
                tiles.put(tile, tileRoots(directory, tile, Tile.hashesAt(level, old), grown));
            }
            directory.write(tiles);
        }
    }

    /** Some entry bundles and the tiles of the same leaves, which are read once for both. */
    private static Map<Tile, byte[]> lowest(long from, long size, Leaves leaves) {
        Map<Tile, byte[]> tiles = new LinkedHashMap<>();
        for (long index = from; index < from + TILES_TOGETHER && index * Tile.FULL_WIDTH < size; index++) {
            int width = (int) Math.min(Tile.FULL_WIDTH, size - index * Tile.FULL_WIDTH);
            List<byte[]> own = leaves.read(index * Tile.FULL_WIDTH, width);
            tiles.put(new Tile(Tile.ENTRIES, index, width), LogDirectory.bundle(own));
            tiles.put(new Tile(0, index, width), leafHashes(own));
        }
        return tiles;
    }

    /** Makes durable what an attempt that was cut short left of directories, for trees between these two sizes. */
    public void syncDirectories(long old, long size) throws IOException {
        directory.syncDirectories(Tile.between(old, size));
    }

    private static byte[] leafHashes(List<byte[]> leaves) {
        ByteArrayOutputStream hashes = new ByteArrayOutputStream(leaves.size() * MerkleHash.BYTES);
        leaves.forEach(leaf -> hashes.writeBytes(MerkleHash.leaf(leaf)));
        return hashes.toByteArray();
    }

    /** The old part comes out of the partial tile that it replaces: recomputing it would read 256 tiles below. */
    static byte[] tileRoots(LogDirectory directory, Tile tile, long oldHashes, TreeReader grown) throws IOException {
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
