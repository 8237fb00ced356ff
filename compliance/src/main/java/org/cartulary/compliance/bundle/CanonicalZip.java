package org.cartulary.compliance.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Writes the one zip that a set of files has here (PKWARE APPNOTE 6.3): stored entries in ascending order of their ASCII
 * names, times 1980-01-01 00:00:00, no extra fields, comments, flags, attributes or data descriptors, and nothing before,
 * between or after. java.util.zip cannot: it adds descriptors and its own time. Zip64 records appear only where a count
 * or an offset needs them. For one thread.
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

    private final OutputStream out;
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    private String last = "";
    private long offset;
    private long entries;

    CanonicalZip(OutputStream out) {
        this.out = out;
    }

    /** Adds a file; names must come in ascending order. */
    void add(String name, byte[] content) throws IOException {
        if (name.compareTo(last) <= 0 || !name.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("Names are ASCII and ascend: \"" + name + "\" after \"" + last + "\"");
        }
        byte[] encoded = name.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(content);
        long start = offset;
        write(local(encoded, (int) crc.getValue(), content.length));
        write(content);
        directory.writeBytes(central(encoded, (int) crc.getValue(), content.length, start));
        last = name;
        entries++;
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

    /** Writes the directory; nothing may be added afterwards. The stream stays open. */
    void finish() throws IOException {
        long start = offset;
        long length = directory.size();
        write(directory.toByteArray());
        if (entries >= MAX_16 || start >= MAX_32 || length >= MAX_32) {
            writeZip64End(start, length);
        }
        short count = (short) Math.min(entries, MAX_16);
        write(little(22)
                .putInt(END)
                .putInt(0) // this disk, disk of the directory
                .putShort(count)
                .putShort(count)
                .putInt((int) Math.min(length, MAX_32))
                .putInt((int) Math.min(start, MAX_32))
                .putShort((short) 0)
                .array());
    }

    private void writeZip64End(long start, long length) throws IOException {
        long end = offset;
        write(little(56 + 20)
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

    private void write(byte[] bytes) throws IOException {
        out.write(bytes);
        offset += bytes.length;
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
