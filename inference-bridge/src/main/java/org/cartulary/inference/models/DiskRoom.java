package org.cartulary.inference.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much room the disk of a store has. */
@FunctionalInterface
interface DiskRoom {
    /** Left free on the disk, for the database and the log beside it. */
    long SPARE_BYTES = 256L << 20;

    /** The disk's own word. */
    DiskRoom REAL = store -> Files.getFileStore(store).getUsableSpace();

    /** In bytes. */
    long free(Path store) throws IOException;

    /**
     * Goes on only where there is room for a copy, and some to spare.
     *
     * @param copy what it is a copy of, for the message
     * @throws ModelRefused with both numbers where there is not
     */
    default void require(Path store, String copy, long bytes) throws IOException {
        long needed = bytes + SPARE_BYTES;
        long free = free(store);
        if (free < needed) {
            throw new ModelRefused("The copy of " + copy + " needs " + needed / 1_000_000 + " MB in " + store + ", "
                    + SPARE_BYTES / 1_000_000 + " MB of them to spare, but " + free / 1_000_000
                    + " MB are free: make room, or move the home to a larger disk.");
        }
    }
}
