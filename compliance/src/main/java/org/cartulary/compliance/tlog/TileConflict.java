package org.cartulary.compliance.tlog;

import java.nio.file.Path;

/** A published tile holds other bytes than the tree says: a file was altered, or two logs share a directory. */
public final class TileConflict extends RuntimeException {
    TileConflict(Path file) {
        super("The published tile " + file + " differs from the tree");
    }
}
