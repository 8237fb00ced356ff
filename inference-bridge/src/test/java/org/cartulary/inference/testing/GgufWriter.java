package org.cartulary.inference.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes a GGUF, version 3, with tensors of 32-bit floats. */
public final class GgufWriter {
    private static final int ALIGNMENT = 32;

    private final ByteArrayOutputStream values = new ByteArrayOutputStream();
    private final ByteArrayOutputStream infos = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final List<String> tensors = new ArrayList<>();
    private int valueCount;

    public GgufWriter text(String key, String value) {
        return value(key, 8, string(value));
    }

    public GgufWriter number(String key, int value) {
        return value(key, 4, ints(value));
    }

    public GgufWriter real(String key, float value) {
        return value(key, 6, ints(Float.floatToIntBits(value)));
    }

    public GgufWriter flag(String key, boolean value) {
        return value(key, 7, new byte[] {(byte) (value ? 1 : 0)});
    }

    public GgufWriter texts(String key, List<String> elements) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ints(8));
        out.writeBytes(longs(elements.size()));
        elements.forEach(element -> out.writeBytes(string(element)));
        return value(key, 9, out.toByteArray());
    }

    public GgufWriter numbers(String key, List<Integer> elements) {
        return array(key, 5, elements);
    }

    public GgufWriter reals(String key, List<Float> elements) {
        return array(key, 6, elements.stream().map(Float::floatToIntBits).toList());
    }

    public GgufWriter tensor(String name, float[] weights, long... dimensions) {
        tensors.add(name);
        infos.writeBytes(string(name));
        infos.writeBytes(ints(dimensions.length));
        infos.writeBytes(longs(dimensions));
        infos.writeBytes(ints(0));
        infos.writeBytes(longs(data.size()));
        ByteBuffer bytes = ByteBuffer.allocate(weights.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(weights);
        data.writeBytes(bytes.array());
        data.writeBytes(new byte[padding(data.size())]);
        return this;
    }

    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(ints(3));
        out.writeBytes(longs(tensors.size(), valueCount));
        out.writeBytes(values.toByteArray());
        out.writeBytes(infos.toByteArray());
        out.writeBytes(new byte[padding(out.size())]);
        out.writeBytes(data.toByteArray());
        return out.toByteArray();
    }

    private GgufWriter array(String key, int type, List<Integer> elements) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ints(type));
        out.writeBytes(longs(elements.size()));
        elements.forEach(element -> out.writeBytes(ints(element)));
        return value(key, 9, out.toByteArray());
    }

    private GgufWriter value(String key, int type, byte[] bytes) {
        valueCount++;
        values.writeBytes(string(key));
        values.writeBytes(ints(type));
        values.writeBytes(bytes);
        return this;
    }

    private static int padding(int size) {
        return (ALIGNMENT - size % ALIGNMENT) % ALIGNMENT;
    }

    private static byte[] string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + bytes.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(bytes.length)
                .put(bytes)
                .array();
    }

    private static byte[] ints(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static byte[] longs(long... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(numbers);
        return bytes.array();
    }
}
