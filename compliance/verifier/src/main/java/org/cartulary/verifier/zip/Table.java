package org.cartulary.verifier.zip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Whole numbers by position: the first million on the heap, the others in a mapped temporary file (8 bytes each) that is gone
 * when the table is closed, so that heap does not grow with a bundle. One thread writes; any number may read afterwards.
 */
public final class Table implements AutoCloseable {
    private static final int PART = 1 << 20;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    private final Arena arena = Arena.ofShared();
    private final List<MemorySegment> parts = new ArrayList<>();
    private MemorySegment first = MemorySegment.ofArray(new long[64]);

    /** The number that was last set there, else 0; the position must lie within a million of one that was set. */
    public long get(int position) {
        return position < PART
                ? position < first.byteSize() / Long.BYTES ? first.get(LONG, (long) position * Long.BYTES) : 0
                : position / PART > parts.size()
                        ? 0
                        : parts.get(position / PART - 1).get(LONG, (long) (position % PART) * Long.BYTES);
    }

    public void set(int position, long value) {
        if (position < PART) {
            growFirst(position);
            first.set(LONG, (long) position * Long.BYTES, value);
            return;
        }
        while (parts.size() < position / PART) {
            parts.add(mapped());
        }
        parts.get(position / PART - 1).set(LONG, (long) (position % PART) * Long.BYTES, value);
    }

    private void growFirst(int position) {
        long length = first.byteSize() / Long.BYTES;
        if (position >= length) {
            long[] longer = new long[(int) Math.min(PART, Math.max(2 * length, position + 1L))];
            MemorySegment.copy(first, 0, MemorySegment.ofArray(longer), 0, first.byteSize());
            first = MemorySegment.ofArray(longer);
        }
    }

    /** A file of zeros that has no name any more once it is mapped. */
    private MemorySegment mapped() {
        try {
            Path file = Files.createTempFile("cartulary-verify-", ".table");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                return channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) PART * Long.BYTES, arena);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("No temporary file could be made, which a bundle of this size needs", e);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
