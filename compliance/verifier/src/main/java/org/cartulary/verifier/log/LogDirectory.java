package org.cartulary.verifier.log;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.tree.Sha256;

/**
 * A log directory as C2SP {@code tlog-tiles} lays it out. It may be read while the log grows: a partial file that has
 * been replaced by the full one is read from that. Thread-safe.
 */
record LogDirectory(Path root) implements LogFiles {
    static final String CHECKPOINT = "checkpoint";

    @Override
    public byte[] read(TilePath tile) {
        Optional<byte[]> exact = readIfPresent(tile.path(), MAX_TILE_BYTES);
        if (exact.isPresent()) {
            return exact.get();
        }
        TilePath full = new TilePath(tile.level(), tile.index(), TilePath.FULL);
        return readIfPresent(full.path(), MAX_TILE_BYTES)
                .map(bytes -> first(bytes, tile))
                .orElseThrow(() -> new CheckFailed(tile.path(), "this file in the log", "none"));
    }

    byte[] readCheckpoint(int maxBytes) {
        return readIfPresent(CHECKPOINT, maxBytes)
                .orElseThrow(() -> new CheckFailed(CHECKPOINT, "this file in the log", "none"));
    }

    /** How many files under {@code tile/} are no tile that a log of this shape needs. */
    long otherFiles(TreeShape shape) throws IOException {
        Path tiles = root.resolve("tile");
        if (!Files.isDirectory(tiles)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(tiles)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> {
                        TilePath tile = TilePath.parse(root.relativize(file).toString());
                        return tile == null || !shape.has(tile);
                    })
                    .count();
        }
    }

    private static byte[] first(byte[] full, TilePath tile) {
        if (tile.level() != TilePath.ENTRIES) {
            return Arrays.copyOf(full, Math.min(full.length, tile.width() * Sha256.BYTES));
        }
        EntryBundle bundle = EntryBundle.first(full, tile.width(), tile.path());
        return Arrays.copyOf(full, bundle.end(tile.width() - 1));
    }

    private Optional<byte[]> readIfPresent(String path, int maxBytes) {
        try (InputStream in = Files.newInputStream(root.resolve(path))) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new CheckFailed(path, "at most " + maxBytes + " bytes", "more");
            }
            return Optional.of(bytes);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + root.resolve(path) + ": " + e.getMessage(), e);
        }
    }
}
