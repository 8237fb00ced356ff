package org.cartulary.verifier.zip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The exact header bytes that a canonical zip has for given names, sizes and checksums (PKWARE APPNOTE 4.3). A field
 * holds its zip64 marker only where its value does not fit.
 */
final class ZipHeaders {
    static final int LOCAL_SIGNATURE = 0x04034b50;
    static final int LOCAL_BYTES = 30;
    static final long MARKER_32 = 0xFFFFFFFFL;
    static final int MARKER_16 = 0xFFFF;

    private static final int CENTRAL_SIGNATURE = 0x02014b50;
    static final int CENTRAL_BYTES = 46;
    /** From the version needed to the length of the name an entry of the directory is like a local header, this much later. */
    static final int CENTRAL_AHEAD_BYTES = 2;

    private static final int END_SIGNATURE = 0x06054b50;
    static final int END_BYTES = 22;
    static final int END_64_SIGNATURE = 0x06064b50;
    private static final int END_64_BYTES = 56;
    private static final int LOCATOR_SIGNATURE = 0x07064b50;
    private static final int LOCATOR_BYTES = 20;
    private static final int ZIP_64_EXTRA_BYTES = 12;
    /** Zip64 record and its locator. */
    static final int ZIP_64_TAIL_BYTES = END_64_BYTES + LOCATOR_BYTES;

    /** Of the longest header of a file. */
    static final int MAX_BYTES = CENTRAL_BYTES + CanonicalZip.MAX_NAME_BYTES + ZIP_64_EXTRA_BYTES;

    private static final short VERSION_STORED = 10;
    private static final short VERSION_ZIP_64 = 45;
    /** 1980-01-01 in MS-DOS form; its time, 00:00:00, is 0. */
    private static final short DATE = 0x0021;

    private ZipHeaders() {}

    /** Writes the local header of a file, whose name is the first {@code length} bytes of {@code name}. */
    static void local(ByteBuffer out, byte[] name, int length, int crc, long size) {
        out.clear().putInt(LOCAL_SIGNATURE).putShort(VERSION_STORED);
        common(out, length, crc, size).putShort((short) 0).put(name, 0, length).flip();
    }

    /** Length of the entry of a file in the central directory. */
    static int centralBytes(int nameLength, long offset) {
        return CENTRAL_BYTES + nameLength + (offset >= MARKER_32 ? ZIP_64_EXTRA_BYTES : 0);
    }

    /** Writes the entry of a file in the central directory. */
    static void central(ByteBuffer out, byte[] name, int length, int crc, long size, long offset) {
        boolean zip64 = offset >= MARKER_32;
        short version = zip64 ? VERSION_ZIP_64 : VERSION_STORED;
        out.clear().putInt(CENTRAL_SIGNATURE).putShort(version).putShort(version);
        common(out, length, crc, size).putShort((short) (zip64 ? ZIP_64_EXTRA_BYTES : 0));
        out.putShort((short) 0); // comment length
        out.putShort((short) 0); // disk
        out.putShort((short) 0); // internal attributes
        out.putInt(0); // external attributes
        out.putInt((int) Math.min(offset, MARKER_32)).put(name, 0, length);
        if (zip64) {
            out.putShort((short) 1).putShort((short) 8).putLong(offset);
        }
        out.flip();
    }

    /** The end of the archive: zip64 record and locator where a value needs them, then the plain end record. */
    static byte[] end(long count, long directoryBytes, long directoryOffset) {
        boolean zip64 = count >= MARKER_16 || directoryBytes >= MARKER_32 || directoryOffset >= MARKER_32;
        byte[] header = new byte[END_BYTES + (zip64 ? END_64_BYTES + LOCATOR_BYTES : 0)];
        ByteBuffer out = littleEndian(header);
        if (zip64) {
            out.putInt(END_64_SIGNATURE).putLong(END_64_BYTES - 12);
            out.putShort(VERSION_ZIP_64).putShort(VERSION_ZIP_64).putInt(0).putInt(0);
            out.putLong(count).putLong(count).putLong(directoryBytes).putLong(directoryOffset);
            out.putInt(LOCATOR_SIGNATURE)
                    .putInt(0)
                    .putLong(directoryOffset + directoryBytes)
                    .putInt(1);
        }
        short shortCount = (short) Math.min(count, MARKER_16);
        out.putInt(END_SIGNATURE).putInt(0).putShort(shortCount).putShort(shortCount);
        out.putInt((int) Math.min(directoryBytes, MARKER_32)).putInt((int) Math.min(directoryOffset, MARKER_32));
        out.putShort((short) 0);
        return header;
    }

    /** From the flags to the length of the name: what local and central headers share. */
    private static ByteBuffer common(ByteBuffer out, int nameLength, int crc, long size) {
        out.putShort((short) 0); // flags
        out.putShort((short) 0); // method: stored
        out.putShort((short) 0).putShort(DATE).putInt(crc);
        return out.putInt((int) size).putInt((int) size).putShort((short) nameLength);
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
