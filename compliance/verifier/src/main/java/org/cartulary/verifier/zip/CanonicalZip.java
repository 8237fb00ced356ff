package org.cartulary.verifier.zip;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import org.cartulary.verifier.report.CheckFailed;

/**
 * The files of a canonical zip, in the order of their names. Every header byte was compared with the only value that it
 * may have; contents were not looked at, see {@link #crc}. Holds 8 bytes of heap a file. Thread-safe.
 */
public final class CanonicalZip {
    /** Most files that are read. */
    public static final int MAX_FILES = 4_000_000;

    /** Longest name that is read, in bytes. */
    public static final int MAX_NAME_BYTES = 255;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment bytes;
    private long[] offsets = new long[64];
    private int count;

    private CanonicalZip(MemorySegment bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads the headers.
     *
     * @throws CheckFailed at the first byte that differs from the canonical form
     */
    public static CanonicalZip read(MemorySegment bytes) {
        CanonicalZip zip = new CanonicalZip(bytes);
        long directory = zip.readLocalHeaders();
        long end = zip.compareDirectory(directory);
        byte[] tail = ZipHeaders.end(zip.count, end - directory, directory);
        zip.compare(end, tail, "end of the archive");
        if (end + tail.length != bytes.byteSize()) {
            throw new CheckFailed(
                    "offset " + (end + tail.length),
                    "the end of the file",
                    (bytes.byteSize() - end - tail.length) + " more bytes");
        }
        return zip;
    }

    public int count() {
        return count;
    }

    public String name(int file) {
        return new String(nameBytes(offsets[file]), StandardCharsets.US_ASCII);
    }

    /** Content of a file, without copying; valid as long as the memory that was given to {@link #read}. */
    public MemorySegment content(int file) {
        long header = offsets[file];
        return bytes.asSlice(header + ZipHeaders.LOCAL_BYTES + nameLength(header), sizeAt(header));
    }

    /** The CRC-32 that the headers state. */
    public int crc(int file) {
        return bytes.get(INT, offsets[file] + 14);
    }

    /** Position of the file of this name. */
    public OptionalInt find(String name) {
        byte[] wanted = name.getBytes(StandardCharsets.US_ASCII);
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Arrays.compareUnsigned(nameBytes(offsets[middle]), wanted);
            if (order == 0) {
                return OptionalInt.of(middle);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return OptionalInt.empty();
    }

    private long readLocalHeaders() {
        long at = 0;
        byte[] previous = {};
        while (at + 4 <= bytes.byteSize() && bytes.get(INT, at) == ZipHeaders.LOCAL_SIGNATURE) {
            String where = "local header " + count + " at offset " + at;
            require(at + ZipHeaders.LOCAL_BYTES, where);
            byte[] name = checkedName(at, where);
            if (Arrays.compareUnsigned(previous, name) >= 0) {
                throw new CheckFailed(where, "a name after " + ascii(previous), ascii(name));
            }
            if (sizeAt(at) == ZipHeaders.MARKER_32) {
                throw new CheckFailed(ascii(name), "a file below 4 GiB", "a zip64 size");
            }
            compare(at, ZipHeaders.local(name, bytes.get(INT, at + 14), sizeAt(at)), where);
            add(at);
            previous = name;
            at += ZipHeaders.LOCAL_BYTES + name.length + sizeAt(at);
            require(at, "content of " + ascii(name));
        }
        return at;
    }

    private byte[] checkedName(long header, String where) {
        int length = nameLength(header);
        if (length == 0 || length > MAX_NAME_BYTES) {
            throw new CheckFailed(where, "a name of 1 to " + MAX_NAME_BYTES + " bytes", length + " bytes");
        }
        require(header + ZipHeaders.LOCAL_BYTES + length, where);
        byte[] name = nameBytes(header);
        for (byte b : name) {
            if (b <= ' ' || b == '"' || b == '\\' || b == 0x7f) {
                throw new CheckFailed(where, "a name of printable ASCII", "byte 0x%02x in it".formatted(b));
            }
        }
        return name;
    }

    private long compareDirectory(long directory) {
        long at = directory;
        for (int file = 0; file < count; file++) {
            byte[] name = nameBytes(offsets[file]);
            byte[] expected = ZipHeaders.central(name, crc(file), sizeAt(offsets[file]), offsets[file]);
            compare(at, expected, "central directory entry of " + ascii(name));
            at += expected.length;
        }
        return at;
    }

    private void compare(long at, byte[] expected, String where) {
        long available = Math.min(expected.length, bytes.byteSize() - at);
        long difference =
                MemorySegment.mismatch(bytes, at, at + available, MemorySegment.ofArray(expected), 0, expected.length);
        if (difference == available && available < expected.length) {
            require(at + expected.length, where);
        }
        if (difference >= 0) {
            throw new CheckFailed(
                    "offset " + (at + difference) + " (" + where + ", byte " + difference + ")",
                    "0x%02x".formatted(expected[(int) difference]),
                    "0x%02x".formatted(bytes.get(JAVA_BYTE, at + difference)));
        }
    }

    private void require(long end, String where) {
        if (end > bytes.byteSize()) {
            throw new CheckFailed(where, "at least " + end + " bytes in the file", bytes.byteSize() + " bytes");
        }
    }

    private void add(long header) {
        if (count == MAX_FILES) {
            throw new CheckFailed("zip", "at most " + MAX_FILES + " files", "more");
        }
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, Math.min(MAX_FILES, count * 2));
        }
        offsets[count++] = header;
    }

    private byte[] nameBytes(long header) {
        return bytes.asSlice(header + ZipHeaders.LOCAL_BYTES, nameLength(header))
                .toArray(JAVA_BYTE);
    }

    private int nameLength(long header) {
        return Short.toUnsignedInt(bytes.get(SHORT, header + 26));
    }

    private long sizeAt(long header) {
        return Integer.toUnsignedLong(bytes.get(INT, header + 22));
    }

    private static String ascii(byte[] name) {
        return new String(name, StandardCharsets.US_ASCII);
    }
}
