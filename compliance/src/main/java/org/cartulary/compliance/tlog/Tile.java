package org.cartulary.compliance.tlog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The name of a tile or entry bundle (C2SP tlog-tiles).
 *
 * @param level 0 to 63, or {@link #ENTRIES} for a bundle of entries
 * @param index of the tile within its level
 * @param width 1 to 256 hashes or entries; fewer than 256 is a partial tile
 */
public record Tile(int level, long index, int width) {
    /** The level of entry bundles; they count as level 0. */
    public static final int ENTRIES = -1;

    /** Hashes or entries of a full tile. */
    public static final int FULL_WIDTH = 256;

    /** Bits of a leaf's index that one level of tiles covers. */
    static final int LEVEL_BITS = 8;

    public Tile {
        if (level < ENTRIES || level > 63 || index < 0 || width < 1 || width > FULL_WIDTH) {
            throw new IllegalArgumentException("No tile " + level + "/" + index + " of width " + width);
        }
    }

    /** Every tile and entry bundle of a tree of {@code size} leaves, bundles first, then by level and index. */
    public static List<Tile> ofTree(long size) {
        return between(0, size);
    }

    /** Takes tiles; may fail on the disk. */
    @FunctionalInterface
    public interface Taker {
        void take(Tile tile) throws IOException;
    }

    /** Hands out every tile and entry bundle of a tree in ascending order of their paths as bytes. */
    public static void forEachByPath(long size, Taker taker) throws IOException {
        for (int level = 0; hashesAt(level, size) > 0; level++) {
            forEachByPath(level, 0, hashesAt(level, size), taker); // levels have one digit: 256^10 is beyond a long
        }
        if (size > 0) {
            forEachByPath(ENTRIES, 0, size, taker);
        }
    }

    /** Files of a directory come before its directories: digits before an x. */
    private static void forEachByPath(int level, long directory, long hashes, Taker taker) throws IOException {
        long tiles = (hashes + FULL_WIDTH - 1) / FULL_WIDTH;
        for (long index = directory * 1000; index < Math.min(tiles, directory * 1000 + 1000); index++) {
            taker.take(new Tile(level, index, (int) Math.min(FULL_WIDTH, hashes - index * FULL_WIDTH)));
        }
        for (long within = directory == 0 ? 1 : 0; within < 1000; within++) {
            long next = directory * 1000 + within;
            if (next * 1000 >= tiles) {
                return;
            }
            forEachByPath(level, next, hashes, taker);
        }
    }

    /** The tiles and entry bundles that a tree of {@code size} leaves has and its prefix of {@code old} leaves had not. */
    static List<Tile> between(long old, long size) {
        List<Tile> tiles = new ArrayList<>();
        addLevel(tiles, ENTRIES, old, size);
        for (int level = 0; hashesAt(level, size) > 0; level++) {
            addLevel(tiles, level, hashesAt(level, old), hashesAt(level, size));
        }
        return tiles;
    }

    /** As {@link #between(long, long)}, of one level. */
    static List<Tile> between(int level, long old, long size) {
        List<Tile> tiles = new ArrayList<>();
        addLevel(tiles, level, hashesAt(level, old), hashesAt(level, size));
        return tiles;
    }

    private static void addLevel(List<Tile> tiles, int level, long old, long hashes) {
        if (old == hashes) {
            return;
        }
        for (long index = old / FULL_WIDTH; index * FULL_WIDTH < hashes; index++) {
            tiles.add(new Tile(level, index, (int) Math.min(FULL_WIDTH, hashes - index * FULL_WIDTH)));
        }
    }

    /** How many hashes a level holds over all its tiles. */
    static long hashesAt(int level, long size) {
        int shift = level * LEVEL_BITS;
        return shift >= Long.SIZE ? 0 : size >>> shift;
    }

    boolean isFull() {
        return width == FULL_WIDTH;
    }

    Tile full() {
        return new Tile(level, index, FULL_WIDTH);
    }

    /** The path below the log directory, such as {@code tile/0/x001/x234/067.p/8}. */
    public String path() {
        StringBuilder path = new StringBuilder("tile/").append(level == ENTRIES ? "entries" : level);
        path.append('/').append(indexPath(index));
        if (!isFull()) {
            path.append(".p/").append(width);
        }
        return path.toString();
    }

    private static String indexPath(long index) {
        String last = String.format(Locale.ROOT, "%03d", index % 1000);
        String before = index >= 1000 ? indexPath(index / 1000) : "";
        return before.isEmpty() ? last : before.replaceAll("(^|/)(\\d{3}$)", "$1x$2") + "/" + last;
    }
}
