package org.cartulary.verifier.zip;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.work.OrderedWork;

/**
 * The files of a canonical zip, in the order of their names. Every header byte was compared with the only value that it
 * may have; contents were not looked at, see {@link #crc}. Holds 8 bytes a file in a {@link Table}. Thread-safe once read.
 */
public final class CanonicalZip {
    /** Most files that are read. */
    public static final int MAX_FILES = 40_000_000;

    /** Longest name that is read, in bytes. */
    public static final int MAX_NAME_BYTES = 255;

    private static final int FILES_PER_PIECE = 4_096;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment bytes;
    private final Table offsets;
    private int count;

    private CanonicalZip(MemorySegment bytes, Table offsets) {
        this.bytes = bytes;
        this.offsets = offsets;
    }

    /** As {@link #read(MemorySegment, Table, OrderedWork)}, for a zip whose headers fit into memory. */
    public static CanonicalZip read(MemorySegment bytes, OrderedWork work) {
        return read(bytes, new Table(), work);
    }

    /**
     * Reads the headers.
     *
     * @param offsets empty; holds where each file begins
     * @throws CheckFailed at the first byte that differs from the canonical form
     */
    public static CanonicalZip read(MemorySegment bytes, Table offsets, OrderedWork work) {
        CanonicalZip zip = new CanonicalZip(bytes, offsets);
        long directory = zip.readLocalHeaders();
        long end = zip.compareDirectory(directory, work);
        byte[] tail = ZipHeaders.end(zip.count, end - directory, directory);
        zip.compare(end, MemorySegment.ofArray(tail), tail.length, () -> "end of the archive");
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
        return new String(nameBytes(offsets.get(file)), StandardCharsets.US_ASCII);
    }

    /**
     * Copies the name of a file, in ASCII, without making a text of it.
     *
     * @param into of {@value #MAX_NAME_BYTES} bytes
     * @return its length
     */
    public int name(int file, byte[] into) {
        int length = nameLength(offsets.get(file));
        MemorySegment.copy(bytes, JAVA_BYTE, offsets.get(file) + ZipHeaders.LOCAL_BYTES, into, 0, length);
        return length;
    }

    /** Content of a file, without copying; valid as long as the memory that was given to {@link #read}. */
    public MemorySegment content(int file) {
        long header = offsets.get(file);
        return bytes.asSlice(header + ZipHeaders.LOCAL_BYTES + nameLength(header), sizeAt(header));
    }

    /** The CRC-32 that the headers state. */
    public int crc(int file) {
        return bytes.get(INT, offsets.get(file) + 14);
    }

    /** Position of the file of this name. */
    public OptionalInt find(String name) {
        byte[] wanted = name.getBytes(StandardCharsets.US_ASCII);
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compareName(offsets.get(middle), wanted);
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
        Header header = new Header();
        long at = 0;
        while (at + 4 <= bytes.byteSize() && bytes.get(INT, at) == ZipHeaders.LOCAL_SIGNATURE) {
            at = header.readLocal(at);
        }
        return at;
    }

    /** Where the central directory ends. */
    private long compareDirectory(long directory, OrderedWork work) {
        long[] starts = new long[count / FILES_PER_PIECE + 2];
        long at = directory;
        for (int file = 0; file < count; file++) {
            if (file % FILES_PER_PIECE == 0) {
                starts[file / FILES_PER_PIECE] = at;
            }
            at += ZipHeaders.centralBytes(nameLength(offsets.get(file)), offsets.get(file));
        }
        work.run(
                (count + FILES_PER_PIECE - 1) / FILES_PER_PIECE,
                piece -> new Header().compareDirectory((int) piece * FILES_PER_PIECE, starts[(int) piece]),
                end -> {});
        return at;
    }

    /** Room for a header as it is and as it should be. One thread. */
    private final class Header {
        private final byte[] room = new byte[ZipHeaders.MAX_BYTES];
        private final ByteBuffer expected = ByteBuffer.wrap(room).order(ByteOrder.LITTLE_ENDIAN);
        private final MemorySegment expectedBytes = MemorySegment.ofArray(room);
        private byte[] name = new byte[MAX_NAME_BYTES];
        private byte[] previous = new byte[MAX_NAME_BYTES];
        private int previousLength;

        /** Reads the local header at an offset; where the next one would be. */
        long readLocal(long at) {
            int length = readName(at);
            if (Arrays.compareUnsigned(previous, 0, previousLength, name, 0, length) >= 0) {
                throw new CheckFailed(
                        where(at), "a name after " + ascii(previous, previousLength), ascii(name, length));
            }
            if (sizeAt(at) == ZipHeaders.MARKER_32) {
                throw new CheckFailed(ascii(name, length), "a file below 4 GiB", "a zip64 size");
            }
            ZipHeaders.local(expected, name, length, bytes.get(INT, at + 14), sizeAt(at));
            compare(at, expectedBytes, expected.limit(), () -> where(at));
            add(at);
            long end = at + ZipHeaders.LOCAL_BYTES + length + sizeAt(at);
            if (end > bytes.byteSize()) {
                require(end, "content of " + ascii(name, length));
            }
            byte[] older = previous;
            previous = name;
            previousLength = length;
            name = older;
            return end;
        }

        /** Compares the entries of some files with the directory at an offset; where these end. */
        long compareDirectory(int from, long start) {
            long at = start;
            for (int file = from; file < Math.min(count, from + FILES_PER_PIECE); file++) {
                int length = name(file, name);
                ZipHeaders.central(expected, name, length, crc(file), sizeAt(offsets.get(file)), offsets.get(file));
                compare(at, expectedBytes, expected.limit(), () -> "central directory entry of " + ascii(name, length));
                at += expected.limit();
            }
            return at;
        }

        private int readName(long at) {
            if (at + ZipHeaders.LOCAL_BYTES > bytes.byteSize()) {
                require(at + ZipHeaders.LOCAL_BYTES, where(at));
            }
            int length = nameLength(at);
            if (length == 0 || length > MAX_NAME_BYTES) {
                throw new CheckFailed(where(at), "a name of 1 to " + MAX_NAME_BYTES + " bytes", length + " bytes");
            }
            if (at + ZipHeaders.LOCAL_BYTES + length > bytes.byteSize()) {
                require(at + ZipHeaders.LOCAL_BYTES + length, where(at));
            }
            MemorySegment.copy(bytes, JAVA_BYTE, at + ZipHeaders.LOCAL_BYTES, name, 0, length);
            for (int i = 0; i < length; i++) {
                byte b = name[i];
                if (b <= ' ' || b == '"' || b == '\\' || b == 0x7f) {
                    throw new CheckFailed(where(at), "a name of printable ASCII", "byte 0x%02x in it".formatted(b));
                }
            }
            return length;
        }

        private String where(long at) {
            return "local header " + count + " at offset " + at;
        }
    }

    private void compare(long at, MemorySegment expected, int length, Supplier<String> where) {
        if (at > bytes.byteSize()) {
            require(at + length, where.get());
        }
        long available = Math.min(length, bytes.byteSize() - at);
        long difference = MemorySegment.mismatch(bytes, at, at + available, expected, 0, length);
        if (difference < 0) {
            return;
        }
        if (difference == available && available < length) {
            require(at + length, where.get());
        }
        throw new CheckFailed(
                "offset " + (at + difference) + " (" + where.get() + ", byte " + difference + ")",
                "0x%02x".formatted(expected.get(JAVA_BYTE, difference)),
                "0x%02x".formatted(bytes.get(JAVA_BYTE, at + difference)));
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
        offsets.set(count++, header);
    }

    private byte[] nameBytes(long header) {
        byte[] name = new byte[nameLength(header)];
        MemorySegment.copy(bytes, JAVA_BYTE, header + ZipHeaders.LOCAL_BYTES, name, 0, name.length);
        return name;
    }

    /** Compares the name at a header with another as unsigned bytes, without copying it. */
    private int compareName(long header, byte[] other) {
        long from = header + ZipHeaders.LOCAL_BYTES;
        int length = nameLength(header);
        for (int i = 0; i < Math.min(length, other.length); i++) {
            int order = Byte.compareUnsigned(bytes.get(JAVA_BYTE, from + i), other[i]);
            if (order != 0) {
                return order;
            }
        }
        return length - other.length;
    }

    private int nameLength(long header) {
        return Short.toUnsignedInt(bytes.get(SHORT, header + 26));
    }

    private long sizeAt(long header) {
        return Integer.toUnsignedLong(bytes.get(INT, header + 22));
    }

    private static String ascii(byte[] name, int length) {
        return new String(name, 0, length, StandardCharsets.US_ASCII);
    }
}
