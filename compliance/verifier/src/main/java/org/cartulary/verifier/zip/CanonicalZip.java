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
import org.jspecify.annotations.Nullable;

/**
 * The files of a canonical zip, in the order of their names. Every header byte was compared with the only value that it
 * may have, or, where only the directory was read, is to be, see {@link #ofDirectory}; contents were not looked at, see
 * {@link #crc}. Holds 16 bytes a file in {@link Table}s. Thread-safe once read.
 */
public final class CanonicalZip {
    /** Most files that are read. */
    public static final int MAX_FILES = 40_000_000;

    /** Longest name that is read, in bytes. */
    public static final int MAX_NAME_BYTES = 255;

    private static final int FILES_PER_PIECE = 4_096;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment bytes;
    /** Of local headers. */
    private final Table offsets;
    /** Of entries of the central directory, where only that was read; from their third byte on they are like local headers. */
    private @Nullable Table entries;

    private int count;

    private CanonicalZip(MemorySegment bytes, Table offsets) {
        this.bytes = bytes;
        this.offsets = offsets;
    }

    /**
     * Reads the headers.
     *
     * @param tables makes empty tables
     * @throws CheckFailed at the first byte that differs from the canonical form
     */
    public static CanonicalZip read(MemorySegment bytes, Supplier<Table> tables, OrderedWork work) {
        CanonicalZip zip = new CanonicalZip(bytes, tables.get());
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

    /**
     * Reads the central directory alone, which lies together: it says where the local headers have to be, and all that has to
     * stand in them. Whoever goes on has to see by {@link LocalHeaders} that it does, before anything else is relied on.
     *
     * @param tables makes empty tables
     * @return null where something differs from the canonical form; {@link #read} says what
     */
    public static @Nullable CanonicalZip ofDirectory(MemorySegment bytes, Supplier<Table> tables) {
        long end = bytes.byteSize() - ZipHeaders.END_BYTES;
        if (end < 0) {
            return null;
        }
        long directory = Integer.toUnsignedLong(bytes.get(INT, end + 16));
        long files = Short.toUnsignedLong(bytes.get(SHORT, end + 10));
        long end64 = end - ZipHeaders.ZIP_64_TAIL_BYTES;
        if (end64 >= 0 && bytes.get(INT, end64) == ZipHeaders.END_64_SIGNATURE) {
            files = bytes.get(LONG, end64 + 32);
            directory = bytes.get(LONG, end64 + 48);
            end = end64;
        }
        CanonicalZip zip = new CanonicalZip(bytes, tables.get());
        boolean inside = files >= 0 && files <= MAX_FILES && directory >= 0 && directory <= end;
        return inside && zip.readDirectory(tables.get(), directory, end, (int) files) ? zip : null;
    }

    /** Whether the directory and what follows are as they are in the zip of these files. */
    private boolean readDirectory(Table places, long directory, long end, int files) {
        Header header = new Header();
        entries = places;
        long at = directory;
        long local = 0;
        for (; count < files; count++) {
            if (at + ZipHeaders.CENTRAL_BYTES > end) {
                return false;
            }
            places.set(count, at);
            offsets.set(count, local);
            int next = header.compareEntry(count, at, end);
            if (next == 0) {
                return false;
            }
            at += next;
            local += ZipHeaders.LOCAL_BYTES + nameLength(field(count)) + sizeAt(field(count));
        }
        byte[] tail = ZipHeaders.end(files, end - directory, directory);
        return at == end
                && local == directory
                && end + tail.length == bytes.byteSize()
                && MemorySegment.mismatch(bytes, end, bytes.byteSize(), MemorySegment.ofArray(tail), 0, tail.length)
                        < 0;
    }

    /** Compares local headers with what the directory says of their files. One thread. */
    public final class LocalHeaders {
        private final Header header = new Header();

        /** Whether that of a file is as it has to be. */
        public boolean holds(int file) {
            return header.holds(file);
        }
    }

    public LocalHeaders localHeaders() {
        return new LocalHeaders();
    }

    public int count() {
        return count;
    }

    /** Where the header of a file is that its name, size and checksum are taken from. */
    private long field(int file) {
        Table entries = this.entries;
        return entries == null ? offsets.get(file) : entries.get(file) + ZipHeaders.CENTRAL_AHEAD_BYTES;
    }

    private long nameAt(long field) {
        return field
                + (entries == null
                        ? ZipHeaders.LOCAL_BYTES
                        : ZipHeaders.CENTRAL_BYTES - ZipHeaders.CENTRAL_AHEAD_BYTES);
    }

    public String name(int file) {
        byte[] name = new byte[MAX_NAME_BYTES];
        return ascii(name, name(file, name));
    }

    /**
     * Copies the name of a file, in ASCII, without making a text of it.
     *
     * @param into of {@value #MAX_NAME_BYTES} bytes
     * @return its length
     */
    public int name(int file, byte[] into) {
        long field = field(file);
        int length = nameLength(field);
        MemorySegment.copy(bytes, JAVA_BYTE, nameAt(field), into, 0, length);
        return length;
    }

    /** Content of a file, without copying; valid as long as the memory that was given to {@link #read}. */
    public MemorySegment content(int file) {
        long field = field(file);
        return bytes.asSlice(offsets.get(file) + ZipHeaders.LOCAL_BYTES + nameLength(field), sizeAt(field));
    }

    /** The CRC-32 that the headers state. */
    public int crc(int file) {
        return bytes.get(INT, field(file) + 14);
    }

    /** Position of the file of this name. */
    public OptionalInt find(String name) {
        byte[] wanted = name.getBytes(StandardCharsets.US_ASCII);
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compareName(field(middle), wanted);
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
            swap(length);
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

        /**
         * Compares an entry of the directory, of whose file all others have been compared that come before.
         *
         * @return its length; 0 where something differs, or reaches beyond the end of the directory
         */
        int compareEntry(int file, long at, long end) {
            int length = nameLength(field(file));
            if (length == 0
                    || length > MAX_NAME_BYTES
                    || at + ZipHeaders.centralBytes(length, offsets.get(file)) > end
                    || sizeAt(field(file)) == ZipHeaders.MARKER_32) {
                return 0;
            }
            name(file, name);
            ZipHeaders.central(expected, name, length, crc(file), sizeAt(field(file)), offsets.get(file));
            if (!isPlain(name, length)
                    || Arrays.compareUnsigned(previous, 0, previousLength, name, 0, length) >= 0
                    || !stands(at)) {
                return 0;
            }
            swap(length);
            return expected.limit();
        }

        boolean holds(int file) {
            ZipHeaders.local(expected, name, name(file, name), crc(file), sizeAt(field(file)));
            return stands(offsets.get(file));
        }

        private boolean stands(long at) {
            return MemorySegment.mismatch(bytes, at, at + expected.limit(), expectedBytes, 0, expected.limit()) < 0;
        }

        private void swap(int length) {
            byte[] older = previous;
            previous = name;
            previousLength = length;
            name = older;
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
                if (!isPlain(name[i])) {
                    throw new CheckFailed(
                            where(at), "a name of printable ASCII", "byte 0x%02x in it".formatted(name[i]));
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

    private static boolean isPlain(byte[] name, int length) {
        boolean plain = true;
        for (int i = 0; i < length; i++) {
            plain &= isPlain(name[i]);
        }
        return plain;
    }

    private static boolean isPlain(byte b) {
        return b > ' ' && b != '"' && b != '\\' && b != 0x7f;
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

    /** Compares the name at a header with another as unsigned bytes, without copying it. */
    private int compareName(long field, byte[] other) {
        long from = nameAt(field);
        int length = nameLength(field);
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
