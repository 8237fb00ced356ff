package org.cartulary.verifier.log;

import java.util.function.Consumer;
import org.cartulary.verifier.report.CheckFailed;

/** Which tiles and entry bundles a log of a given size consists of. */
public record TreeShape(long size) {
    /** Largest log that is read, in entries. */
    public static final long MAX_ENTRIES = 1_000_000_000;

    private static final int LEVEL_BITS = 8;

    public TreeShape {
        if (size > MAX_ENTRIES) {
            throw new CheckFailed("log", "at most " + MAX_ENTRIES + " entries", Long.toString(size));
        }
    }

    /** Levels of tiles; 0 for the empty log. */
    public int levels() {
        int levels = 0;
        while (hashes(levels) > 0) {
            levels++;
        }
        return levels;
    }

    /** Hashes of this level, over all its tiles; for {@link TilePath#ENTRIES} the entries. */
    public long hashes(int level) {
        return level == TilePath.ENTRIES ? size : size >> (LEVEL_BITS * level);
    }

    /** Tiles of this level. */
    public long tiles(int level) {
        return (hashes(level) + TilePath.FULL - 1) / TilePath.FULL;
    }

    /** The tile at this place, full or partial. */
    public TilePath tile(int level, long index) {
        long width = Math.min(TilePath.FULL, hashes(level) - index * TilePath.FULL);
        return new TilePath(level, index, (int) width);
    }

    /** Whether the log has exactly this tile. */
    public boolean has(TilePath tile) {
        return tile.level() < levels()
                && tile.index() < tiles(tile.level())
                && tile.equals(tile(tile.level(), tile.index()));
    }

    /** Tiles of all levels and entry bundles. */
    public long files() {
        long files = tiles(TilePath.ENTRIES);
        for (int level = 0; level < levels(); level++) {
            files += tiles(level);
        }
        return files;
    }

    /** Hands out every tile and entry bundle. */
    public void forEach(Consumer<TilePath> action) {
        for (int level = TilePath.ENTRIES; level < levels(); level++) {
            for (long index = 0; index < tiles(level); index++) {
                action.accept(tile(level, index));
            }
        }
    }
}
