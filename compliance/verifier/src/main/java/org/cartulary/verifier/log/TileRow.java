package org.cartulary.verifier.log;

import java.util.Arrays;
import org.cartulary.verifier.report.Check;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.tree.Sha256;

/** Compares the hashes of one level, which come from left to right, with its tiles. One thread. */
final class TileRow {
    private final LogFiles files;
    private final TreeShape shape;
    private final Check check;
    private final int level;
    private byte[] tile = {};

    TileRow(LogFiles files, TreeShape shape, Check check, int level) {
        this.files = files;
        this.shape = shape;
        this.check = check;
        this.level = level;
    }

    /** Takes the next derived hash. */
    void compare(long index, byte[] hash) {
        int place = (int) (index % TilePath.FULL);
        TilePath path = shape.tile(level, index / TilePath.FULL);
        if (place == 0 && !check.run(() -> tile = read(files, path))) {
            tile = new byte[0];
        }
        if (tile.length > 0 && !matches(tile, place, hash)) {
            check.fail(path.path(), "hash " + place + " as derived from the leaves", "another hash");
        }
    }

    /** Reads a tile of hashes, which must have exactly its width. */
    static byte[] read(LogFiles files, TilePath path) {
        byte[] tile = files.read(path);
        if (tile.length != path.width() * Sha256.BYTES) {
            throw new CheckFailed(path.path(), path.width() + " hashes of 32 bytes", tile.length + " bytes");
        }
        return tile;
    }

    static boolean matches(byte[] tile, int place, byte[] hash) {
        int from = place * Sha256.BYTES;
        return Arrays.equals(tile, from, from + Sha256.BYTES, hash, 0, Sha256.BYTES);
    }
}
