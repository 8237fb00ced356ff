package org.cartulary.inference.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The 32-bit weights in an ONNX file, by name. Field numbers are those of {@code onnx.proto3}: a model's graph is 7; a
 * graph's nodes are 1 and its initialisers 5; a node's inputs are 1 and its name 3; a tensor's dimensions are 1, its
 * type 2 (1 for floats), its name 8 and its data 9. For files whose hash is known.
 */
final class OnnxWeights {
    private static final int FLOATS = 1;
    private static final int LENGTH_DELIMITED = 2;

    private final Map<String, Weight> initialisers = new HashMap<>();
    private final Map<String, String> matrices = new HashMap<>();

    /**
     * One array.
     *
     * @param dimensions slowest first
     */
    record Weight(List<Long> dimensions, FloatBuffer values) {}

    private record Field(int number, long value, ByteBuffer bytes) {}

    static OnnxWeights read(Path file) throws java.io.IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer model = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            OnnxWeights weights = new OnnxWeights();
            fields(model).stream()
                    .filter(field -> field.number() == 7)
                    .forEach(graph -> weights.readGraph(graph.bytes()));
            return weights;
        }
    }

    /** The weight of this name. */
    Optional<Weight> named(String name) {
        return Optional.ofNullable(initialisers.get(name));
    }

    /** The matrix that a layer multiplies by, which the exporter numbered; rows are inputs. */
    Optional<Weight> matrixOf(String layer) {
        String node = "/" + layer.replace('.', '/').replace("layer/", "layer.") + "/MatMul";
        return Optional.ofNullable(matrices.get(node)).flatMap(this::named);
    }

    private void readGraph(ByteBuffer graph) {
        for (Field field : fields(graph)) {
            if (field.number() == 1) {
                readNode(field.bytes());
            } else if (field.number() == 5) {
                readTensor(field.bytes());
            }
        }
    }

    private void readNode(ByteBuffer node) {
        List<String> inputs = new ArrayList<>();
        String name = "";
        for (Field field : fields(node)) {
            if (field.number() == 1) {
                inputs.add(text(field.bytes()));
            } else if (field.number() == 3) {
                name = text(field.bytes());
            }
        }
        if (inputs.size() == 2) {
            matrices.put(name, inputs.getLast());
        }
    }

    private void readTensor(ByteBuffer tensor) {
        List<Long> dimensions = new ArrayList<>();
        String name = "";
        boolean floats = false;
        ByteBuffer data = ByteBuffer.allocate(0);
        for (Field field : fields(tensor)) {
            switch (field.number()) {
                case 1 -> dimensions.add(field.value());
                case 2 -> floats = field.value() == FLOATS;
                case 8 -> name = text(field.bytes());
                case 9 -> data = field.bytes();
                default -> {}
            }
        }
        if (floats) {
            initialisers.put(
                    name,
                    new Weight(dimensions, data.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer()));
        }
    }

    private static List<Field> fields(ByteBuffer message) {
        ByteBuffer in = message.slice().order(ByteOrder.LITTLE_ENDIAN);
        List<Field> fields = new ArrayList<>();
        while (in.hasRemaining()) {
            long key = varint(in);
            int number = (int) (key >>> 3);
            switch ((int) (key & 7)) {
                case 0 -> fields.add(new Field(number, varint(in), ByteBuffer.allocate(0)));
                case 1 -> in.getLong();
                case LENGTH_DELIMITED -> fields.add(delimited(number, in));
                case 5 -> in.getInt();
                default -> throw new IllegalArgumentException("Not a protocol buffer");
            }
        }
        return fields;
    }

    private static Field delimited(int number, ByteBuffer in) {
        int length = Math.toIntExact(varint(in));
        ByteBuffer bytes = in.slice(in.position(), length);
        in.position(in.position() + length);
        return new Field(number, 0, bytes);
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("Not a protocol buffer");
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
}
