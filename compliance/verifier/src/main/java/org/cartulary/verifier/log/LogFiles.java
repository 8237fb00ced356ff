package org.cartulary.verifier.log;

/** Where the files of a log lie: in a bundle or in a directory. Implementations are thread-safe. */
public interface LogFiles {
    /** Longest entry bundle, in bytes: 256 leaves of 65,535 bytes and their lengths. */
    int MAX_TILE_BYTES = TilePath.FULL * (65_535 + 2);

    /**
     * The content of a tile or entry bundle.
     *
     * @throws org.cartulary.verifier.report.CheckFailed if there is none, or it is longer than one can be
     */
    byte[] read(TilePath tile);
}
