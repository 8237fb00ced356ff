package org.cartulary.inference.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A GGUF of 32-bit floats, version 3, in the making. Format: ggml's {@code docs/gguf.md}. */
final class GgufOutput {
    private static final int ALIGNMENT = 32;
    private static final int UINT32 = 4;
    private static final int INT32 = 5;
    private static final int FLOAT32 = 6;
    private static final int BOOL = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    private final ByteArrayOutputStream values = new ByteArrayOutputStream();
    private final ByteArrayOutputStream tensors = new ByteArrayOutputStream();
    private final List<float[]> data = new ArrayList<>();
    private int valueCount;
    private long dataBytes;

    GgufOutput text(String key, String value) {
        return value(key, STRING, string(value));
    }

    GgufOutput number(String key, int value) {
        return value(key, UINT32, ints(value));
    }

    GgufOutput real(String key, float value) {
        return value(key, FLOAT32, ints(Float.floatToRawIntBits(value)));
    }

    GgufOutput no(String key) {
        return value(key, BOOL, new byte[1]);
    }

    GgufOutput texts(String key, List<String> elements) {
        ByteArrayOutputStream out = array(STRING, elements.size());
        elements.forEach(element -> out.writeBytes(string(element)));
        return value(key, ARRAY, out.toByteArray());
    }

    GgufOutput numbers(String key, List<Integer> elements) {
        ByteArrayOutputStream out = array(INT32, elements.size());
        elements.forEach(element -> out.writeBytes(ints(element)));
        return value(key, ARRAY, out.toByteArray());
    }

    /** @param dimensions fastest first */
    GgufOutput tensor(String name, float[] weights, long... dimensions) {
        tensors.writeBytes(string(name));
        tensors.writeBytes(ints(dimensions.length));
        tensors.writeBytes(longs(dimensions));
        tensors.writeBytes(ints(0));
        tensors.writeBytes(longs(dataBytes));
        data.add(weights);
        dataBytes = aligned(dataBytes + weights.length * 4L);
        return this;
    }

    void write(Path file) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        head.writeBytes(ints(3));
        head.writeBytes(longs(data.size(), valueCount));
        head.writeBytes(values.toByteArray());
        head.writeBytes(tensors.toByteArray());
        head.writeBytes(new byte[(int) (aligned(head.size()) - head.size())]);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            write(channel, ByteBuffer.wrap(head.toByteArray()));
            for (float[] weights : data) {
                ByteBuffer bytes = buffer(new byte[(int) aligned(weights.length * 4L)]);
                bytes.asFloatBuffer().put(weights);
                write(channel, bytes);
            }
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private GgufOutput value(String key, int type, byte[] bytes) {
        valueCount++;
        values.writeBytes(string(key));
        values.writeBytes(ints(type));
        values.writeBytes(bytes);
        return this;
    }

    private static ByteArrayOutputStream array(int type, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ints(type));
        out.writeBytes(longs(length));
        return out;
    }

    private static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private static byte[] string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(longs(bytes.length));
        out.writeBytes(bytes);
        return out.toByteArray();
    }

    private static byte[] ints(int value) {
        byte[] bytes = new byte[4];
        buffer(bytes).putInt(value);
        return bytes;
    }

    private static byte[] longs(long... values) {
        byte[] bytes = new byte[8 * values.length];
        buffer(bytes).asLongBuffer().put(values);
        return bytes;
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
