package org.cartulary.verifier.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;

/** Writes the canonical zip of the bundle format, field by field from its text. */
public final class ZipWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    private int count;

    /** A zip of these files in the order of the map. */
    public static byte[] zip(Map<String, byte[]> files) {
        ZipWriter writer = new ZipWriter();
        files.forEach(writer::add);
        return writer.finish();
    }

    /** Adds a file behind those that are there. */
    public void add(String name, byte[] content) {
        byte[] nameBytes = name.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(content);
        int offset = out.size();
        put(out, 0x04034b50L, 4);
        shared(out, nameBytes, crc.getValue(), content.length);
        put(out, 0, 2); // no extra field
        out.writeBytes(nameBytes);
        out.writeBytes(content);

        put(directory, 0x02014b50L, 4);
        put(directory, 10, 2); // made by
        shared(directory, nameBytes, crc.getValue(), content.length);
        put(directory, 0, 2 + 2 + 2 + 2 + 4); // extra, comment, disk, internal, external
        put(directory, offset, 4);
        directory.writeBytes(nameBytes);
        count++;
    }

    /** The whole archive. */
    public byte[] finish() {
        long offset = out.size();
        long size = directory.size();
        out.writeBytes(directory.toByteArray());
        if (count >= 0xffff) {
            put(out, 0x06064b50L, 4);
            put(out, 44, 8);
            put(out, 45, 2);
            put(out, 45, 2);
            put(out, 0, 8); // disks
            put(out, count, 8);
            put(out, count, 8);
            put(out, size, 8);
            put(out, offset, 8);
            put(out, 0x07064b50L, 4);
            put(out, 0, 4);
            put(out, offset + size, 8);
            put(out, 1, 4);
        }
        put(out, 0x06054b50L, 4);
        put(out, 0, 4); // disks
        put(out, Math.min(count, 0xffff), 2);
        put(out, Math.min(count, 0xffff), 2);
        put(out, size, 4);
        put(out, offset, 4);
        put(out, 0, 2); // no comment
        return out.toByteArray();
    }

    private static void shared(ByteArrayOutputStream to, byte[] name, long crc, int size) {
        put(to, 10, 2); // version needed
        put(to, 0, 2); // flags
        put(to, 0, 2); // stored
        put(to, 0, 2); // 00:00:00
        put(to, 1 << 5 | 1, 2); // 1980-01-01
        put(to, crc, 4);
        put(to, size, 4);
        put(to, size, 4);
        put(to, name.length, 2);
    }

    private static void put(ByteArrayOutputStream to, long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            to.write(i < 8 ? (int) (value >>> (8 * i)) : 0);
        }
    }
}
