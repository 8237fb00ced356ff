package org.cartulary.inference.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A GGUF's bytes with single fields of its header overwritten, for tests of readers. */
public final class HeaderBytes {
    private static final int TYPE_BYTES = 4;

    private final byte[] bytes;

    private HeaderBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The tiny model's. */
    public static HeaderBytes tiny() {
        return new HeaderBytes(TinyModel.bytes());
    }

    public byte[] bytes() {
        return bytes;
    }

    /** Puts a number of 32 bits at a place of the file. */
    public HeaderBytes int32(int at, int value) {
        buffer().putInt(at, value);
        return this;
    }

    /** Puts a number of 64 bits at a place of the file. */
    public HeaderBytes int64(int at, long value) {
        buffer().putLong(at, value);
        return this;
    }

    /** Overwrites the scalar of a key. */
    public HeaderBytes value(String key, int value) {
        return int32(after(key) + TYPE_BYTES, value);
    }

    /** Overwrites the type of a key's value. */
    public HeaderBytes type(String key, int type) {
        return int32(after(key), type);
    }

    /** Overwrites the length of a key's text. */
    public HeaderBytes textLength(String key, long length) {
        return int64(after(key) + TYPE_BYTES, length);
    }

    /** Overwrites the type of the elements of a key's array. */
    public HeaderBytes elementType(String key, int type) {
        return int32(after(key) + TYPE_BYTES, type);
    }

    /** Overwrites the length of a key's array. */
    public HeaderBytes arrayLength(String key, long length) {
        return int64(after(key) + 2 * TYPE_BYTES, length);
    }

    /** Gives a key or a tensor another name of the same length. */
    public HeaderBytes rename(String from, String to) {
        byte[] name = to.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(name, 0, bytes, after(from) - name.length, name.length);
        return this;
    }

    /** Overwrites the number of a tensor's dimensions. */
    public HeaderBytes dimensions(String tensor, int count) {
        return int32(after(tensor), count);
    }

    /** Overwrites a dimension of a tensor. */
    public HeaderBytes dimension(String tensor, int index, long size) {
        return int64(after(tensor) + TYPE_BYTES + 8 * index, size);
    }

    /** Overwrites the type of a tensor of two dimensions. */
    public HeaderBytes tensorType(String tensor, int type) {
        return int32(after(tensor) + TYPE_BYTES + 16, type);
    }

    /** Overwrites the place of a tensor of two dimensions. */
    public HeaderBytes offset(String tensor, long offset) {
        return int64(after(tensor) + 2 * TYPE_BYTES + 16, offset);
    }

    /** Where what follows a name begins. */
    private int after(String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        for (int at = 8; at < bytes.length - wanted.length; at++) {
            boolean named = buffer().getLong(at - 8) == wanted.length;
            if (named && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at + wanted.length;
            }
        }
        throw new IllegalArgumentException("No " + name + " in the header");
    }

    private ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
