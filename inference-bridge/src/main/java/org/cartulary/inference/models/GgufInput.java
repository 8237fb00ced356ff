package org.cartulary.inference.models;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The primitive values of a GGUF, each read within a bound. Used by one thread. */
final class GgufInput {
    static final int ARRAY = 9;
    static final int MAX_KEY_BYTES = 65_535;
    static final int MAX_NAME_BYTES = 63;

    /** Far more than any tokenizer takes; a claim beyond it is an attack or damage. */
    static final long MAX_HEADER_BYTES = 128L << 20;

    private static final int STRING = 8;
    private static final int MAX_STRING_BYTES = 4 << 20;
    private static final int MAX_KEPT_BYTES = 16 << 20;
    private static final long MAX_ARRAY = 1 << 24;
    private static final Map<Integer, Integer> WIDTHS = Map.ofEntries(
            Map.entry(0, 1),
            Map.entry(1, 1),
            Map.entry(2, 2),
            Map.entry(3, 2),
            Map.entry(4, 4),
            Map.entry(5, 4),
            Map.entry(6, 4),
            Map.entry(7, 1),
            Map.entry(10, 8),
            Map.entry(11, 8),
            Map.entry(12, 8));

    private final FileChannel channel;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN).flip();
    private final long length;
    private long read;
    private long keptBytes;

    /** Bytes that are no GGUF. */
    static final class Malformed extends IOException {
        Malformed(String message) {
            super(message);
        }
    }

    GgufInput(FileChannel channel) throws IOException {
        this.channel = channel;
        this.length = channel.size();
    }

    long position() {
        return read - buffer.remaining();
    }

    /** Of the file when it was opened. */
    long length() {
        return length;
    }

    int int32() throws IOException {
        return need(4).getInt();
    }

    long int64() throws IOException {
        return need(8).getLong();
    }

    /** A text of UTF-8, kept in memory; all of them together are bounded. */
    String text(int maxBytes) throws IOException {
        int length = textLength(maxBytes);
        keptBytes += length;
        if (keptBytes > MAX_KEPT_BYTES) {
            throw new Malformed("its texts have more than " + MAX_KEPT_BYTES + " bytes together");
        }
        byte[] bytes = new byte[length];
        for (int at = 0; at < bytes.length; ) {
            need(1);
            int count = Math.min(buffer.remaining(), bytes.length - at);
            buffer.get(bytes, at, count);
            at += count;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("a text in its header is no UTF-8");
        }
    }

    private int textLength(int maxBytes) throws IOException {
        long length = int64();
        if (length < 0 || length > maxBytes) {
            throw new Malformed(
                    "a text claims " + Long.toUnsignedString(length) + " bytes, and " + maxBytes + " are possible");
        }
        if (length > length() - position()) {
            throw new EOFException("a text ends beyond the file");
        }
        return (int) length;
    }

    /** A scalar or a text; numbers are Long or Double. */
    Object value(int type) throws IOException {
        return switch (type) {
            case 0 -> (long) Byte.toUnsignedInt(need(1).get());
            case 1 -> (long) need(1).get();
            case 2 -> (long) Short.toUnsignedInt(need(2).getShort());
            case 3 -> (long) need(2).getShort();
            case 4 -> Integer.toUnsignedLong(int32());
            case 5 -> (long) int32();
            case 6 -> (double) need(4).getFloat();
            case 7 -> need(1).get() != 0;
            case STRING -> text(MAX_STRING_BYTES);
            case 10, 11 -> int64();
            case 12 -> need(8).getDouble();
            default -> throw new Malformed("a value has the type " + type);
        };
    }

    /** Skips an array, and returns its length. */
    long skipArray() throws IOException {
        int type = int32();
        long count = int64();
        if (count < 0 || count > MAX_ARRAY) {
            throw new Malformed("an array claims " + Long.toUnsignedString(count) + " elements");
        }
        if (type == STRING) {
            for (long i = 0; i < count; i++) {
                skip(textLength(MAX_STRING_BYTES));
            }
            return count;
        }
        Integer width = WIDTHS.get(type);
        if (width == null) {
            throw new Malformed("an array has elements of the type " + type);
        }
        skip(count * width);
        return count;
    }

    private void skip(long bytes) throws IOException {
        if (bytes > length() - position()) {
            throw new EOFException("an array ends beyond the file");
        }
        if (bytes <= buffer.remaining()) {
            buffer.position(buffer.position() + (int) bytes);
            return;
        }
        read = position() + bytes;
        channel.position(read);
        buffer.position(buffer.limit());
        requireHeader();
    }

    private void requireHeader() throws Malformed {
        if (position() > MAX_HEADER_BYTES) {
            throw new Malformed("its header is longer than " + MAX_HEADER_BYTES + " bytes");
        }
    }

    private ByteBuffer need(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            requireHeader();
            buffer.compact();
            int count = 0;
            while (buffer.position() < bytes && count >= 0) {
                count = channel.read(buffer);
                read += Math.max(0, count);
            }
            buffer.flip();
        }
        if (buffer.remaining() < bytes) {
            throw new EOFException("the file ends");
        }
        return buffer;
    }
}
