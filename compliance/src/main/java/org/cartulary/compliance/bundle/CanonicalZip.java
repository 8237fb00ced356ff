package org.cartulary.compliance.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * Writes the one zip that a set of files has here (PKWARE APPNOTE 6.3): stored entries in ascending order of their ASCII
 * names, times 1980-01-01 00:00:00, no extra fields, comments, flags, attributes or data descriptors, and nothing before,
 * between or after. java.util.zip cannot: it adds descriptors and its own time. Zip64 records appear only where a count
 * or an offset needs them. The central directory waits in a file of its own, so that memory does not grow with the number
 * of entries. For one thread.
 */
final class CanonicalZip {
    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int CENTRAL_HEADER = 0x02014b50;
    private static final int ZIP64_END = 0x06064b50;
    private static final int ZIP64_LOCATOR = 0x07064b50;
    private static final int END = 0x06054b50;
    private static final short VERSION = 10;
    private static final short VERSION_ZIP64 = 45;
    private static final short DOS_DATE = 0x0021;
    private static final int MAX_16 = 0xFFFF;
    private static final long MAX_32 = 0xFFFF_FFFFL;

    /** From the start of a local header to its checksum. */
    private static final int LOCAL_CRC = 14;

    /** From the start of an entry of the directory to its checksum. */
    private static final int CENTRAL_CRC = 16;

    private final Appending out;
    private final FileChannel directoryFile;
    private final Appending directory;
    private String last = "";
    private long entries;

    /**
     * Begins a zip at the start of a file.
     *
     * @param directory an empty file, to be read and written
     */
    CanonicalZip(FileChannel out, FileChannel directory) {
        this.out = new Appending(out);
        this.directoryFile = directory;
        this.directory = new Appending(directory);
    }

    /** What writes a file of unknown length. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Room for a file of known length whose bytes come later. */
    record Place(String name, long header, long central, int length) {}

    /** Adds a file; names must come in ascending order. */
    void add(String name, byte[] content) throws IOException {
        byte[] encoded = next(name);
        long start = out.position();
        int crc = crc(content);
        out.write(local(encoded, crc, content.length));
        out.write(content);
        directory.write(central(encoded, crc, content.length, start));
    }

    /** Adds a file that is made while it is written, below 4 GiB. */
    void add(String name, Content content) throws IOException {
        byte[] encoded = next(name);
        long start = out.position();
        out.write(local(encoded, 0, 0));
        long from = out.position();
        CRC32 crc = new CRC32();
        content.writeTo(new CheckedOutputStream(out, crc));
        long length = out.position() - from;
        if (length >= MAX_32) {
            throw new IOException(name + " would be larger than 4 GiB: choose less");
        }
        out.replace(start + LOCAL_CRC, sums((int) crc.getValue(), (int) length));
        directory.write(central(encoded, (int) crc.getValue(), (int) length, start));
    }

    /** Leaves room for a file, which {@link #fill} writes. */
    Place reserve(String name, int length) throws IOException {
        byte[] encoded = next(name);
        Place place = new Place(name, out.position(), directory.position(), length);
        out.write(local(encoded, 0, length));
        out.write(new byte[length]);
        directory.write(central(encoded, 0, length, place.header));
        return place;
    }

    void fill(Place place, byte[] content) throws IOException {
        if (content.length != place.length) {
            throw new IllegalArgumentException(
                    place.name + " has " + content.length + " bytes where " + place.length + " were foreseen");
        }
        byte[] sums = sums(crc(content), content.length);
        out.replace(place.header + LOCAL_CRC, sums);
        out.replace(place.header + 30 + place.name.length(), content);
        directory.replace(place.central + CENTRAL_CRC, sums);
    }

    private byte[] next(String name) {
        if (name.compareTo(last) <= 0 || !name.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("Names are ASCII and ascend: \"" + name + "\" after \"" + last + "\"");
        }
        last = name;
        entries++;
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    private static int crc(byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return (int) crc.getValue();
    }

    /** Checksum and both sizes, as both headers have them. */
    private static byte[] sums(int crc, int length) {
        return little(12).putInt(crc).putInt(length).putInt(length).array();
    }

    private static byte[] local(byte[] name, int crc, int length) {
        return little(30 + name.length)
                .putInt(LOCAL_HEADER)
                .putShort(VERSION)
                .put(shared(crc, length, name.length))
                .putShort((short) 0)
                .put(name)
                .array();
    }

    private static byte[] central(byte[] name, int crc, int length, long start) {
        boolean zip64 = start >= MAX_32;
        ByteBuffer header = ByteBuffer.allocate(46 + name.length + (zip64 ? 12 : 0));
        header.order(ByteOrder.LITTLE_ENDIAN)
                .putInt(CENTRAL_HEADER)
                .putShort(zip64 ? VERSION_ZIP64 : VERSION)
                .putShort(zip64 ? VERSION_ZIP64 : VERSION)
                .put(shared(crc, length, name.length))
                .putShort((short) (zip64 ? 12 : 0))
                .putShort((short) 0) // comment
                .putShort((short) 0) // disk
                .putShort((short) 0) // internal attributes
                .putInt(0) // external attributes
                .putInt((int) Math.min(start, MAX_32))
                .put(name);
        if (zip64) {
            header.putShort((short) 1).putShort((short) 8).putLong(start);
        }
        return header.array();
    }

    /** From the flags to the length of the name: the same in both headers. */
    private static byte[] shared(int crc, int length, int nameLength) {
        return little(22)
                .putShort((short) 0) // flags
                .putShort((short) 0) // stored
                .putShort((short) 0) // time
                .putShort(DOS_DATE)
                .putInt(crc)
                .putInt(length)
                .putInt(length)
                .putShort((short) nameLength)
                .array();
    }

    /** Writes the directory; nothing may be added afterwards. */
    void finish() throws IOException {
        long start = out.position();
        long length = directory.position();
        directory.flush();
        try (InputStream waiting = Channels.newInputStream(directoryFile.position(0))) {
            waiting.transferTo(out);
        }
        if (entries >= MAX_16 || start >= MAX_32 || length >= MAX_32) {
            writeZip64End(start, length);
        }
        short count = (short) Math.min(entries, MAX_16);
        out.write(little(22)
                .putInt(END)
                .putInt(0) // this disk, disk of the directory
                .putShort(count)
                .putShort(count)
                .putInt((int) Math.min(length, MAX_32))
                .putInt((int) Math.min(start, MAX_32))
                .putShort((short) 0)
                .array());
        out.flush();
    }

    private void writeZip64End(long start, long length) throws IOException {
        long end = out.position();
        out.write(little(56 + 20)
                .putInt(ZIP64_END)
                .putLong(44)
                .putShort(VERSION_ZIP64)
                .putShort(VERSION_ZIP64)
                .putInt(0)
                .putInt(0)
                .putLong(entries)
                .putLong(entries)
                .putLong(length)
                .putLong(start)
                .putInt(ZIP64_LOCATOR)
                .putInt(0)
                .putLong(end)
                .putInt(1)
                .array());
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
