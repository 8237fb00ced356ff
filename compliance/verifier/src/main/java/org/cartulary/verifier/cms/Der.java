package org.cartulary.verifier.cms;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.cartulary.verifier.report.CheckFailed;

/** Walks through DER (X.690), one value after the other, and writes it. One thread. */
final class Der {
    static final int INTEGER = 0x02;
    static final int OCTETS = 0x04;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;
    /** Constructed, context-specific, number 0. */
    static final int TAG_0 = 0xa0;

    private final byte[] bytes;
    private final String where;
    private final int end;
    private int at;

    Der(byte[] bytes, int from, int end, String where) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
        this.where = where;
    }

    /** What is inside the next value, which must have this tag. */
    Der enter(int tag) {
        int from = header(tag);
        int length = at - from;
        return new Der(bytes, from, from + length, where);
    }

    /** The content of the next value, which must have this tag. */
    byte[] content(int tag) {
        int from = header(tag);
        return Arrays.copyOfRange(bytes, from, at);
    }

    /** The next value whole, header included, which must have this tag. */
    byte[] whole(int tag) {
        int from = at;
        header(tag);
        return Arrays.copyOfRange(bytes, from, at);
    }

    /** Takes a value; where its content begins, {@link #at} being its end then. */
    private int header(int tag) {
        if (at + 2 > end || (bytes[at] & 0xff) != tag) {
            throw new CheckFailed(
                    where + ", byte " + at,
                    "DER tag 0x%02x".formatted(tag),
                    at < end ? "0x%02x".formatted(bytes[at] & 0xff) : "the end");
        }
        int first = bytes[at + 1] & 0xff;
        int count = first < 0x80 ? 0 : first - 0x80;
        long length = first < 0x80 ? first : 0;
        if (count > 4 || (first >= 0x80 && count == 0) || at + 2 + count > end) {
            throw new CheckFailed(where + ", byte " + at, "a DER length of at most 4 bytes", "another");
        }
        for (int i = 0; i < count; i++) {
            length = length << 8 | (bytes[at + 2 + i] & 0xff);
        }
        int from = at + 2 + count;
        if (length > end - from) {
            throw new CheckFailed(where + ", byte " + at, "a value that ends within its file", "a longer one");
        }
        at = from + (int) length;
        return from;
    }

    /** A value of this tag with these parts one after the other. */
    static byte[] of(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(tag);
        int length = content.size();
        if (length < 0x80) {
            value.write(length);
        } else {
            int count = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
            value.write(0x80 | count);
            for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
                value.write(length >> shift);
            }
        }
        value.writeBytes(content.toByteArray());
        return value.toByteArray();
    }
}
