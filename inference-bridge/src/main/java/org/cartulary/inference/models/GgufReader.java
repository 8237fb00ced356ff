package org.cartulary.inference.models;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a GGUF header within fixed bounds. Format: ggml's {@code docs/gguf.md}, versions 2 and 3, little-endian.
 */
final class GgufReader {
    private static final int MAGIC = 0x46554747;
    private static final int MAX_VALUES = 65_536;
    private static final int MAX_TENSORS = 65_536;
    private static final int MAX_DIMENSIONS = 4;
    private static final long DEFAULT_ALIGNMENT = 32;
    private static final long MIN_ALIGNMENT = 8;
    private static final long MAX_ALIGNMENT = 1 << 20;

    private final GgufInput in;
    private final Map<String, Object> values = new HashMap<>();
    private final Set<String> keys = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private final List<GgufHeader.Tensor> tensors = new ArrayList<>();

    private GgufReader(GgufInput in) {
        this.in = in;
    }

    static GgufHeader read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            GgufHeader header = new GgufReader(new GgufInput(channel)).header();
            GgufPromises.require(header);
            return header;
        } catch (EOFException e) {
            throw new ModelRefused("The model file " + file + " is cut off in its header: fetch it again.", e);
        } catch (GgufInput.Malformed e) {
            throw new ModelRefused("The model file " + file + " is not a usable GGUF: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new ModelRefused("The model file " + file + " cannot be read: check the disk.", e);
        }
    }

    private GgufHeader header() throws IOException {
        require(in.int32() == MAGIC, "it does not begin with GGUF");
        int version = in.int32();
        require(
                version == 0 || (version & 0xffff) != 0,
                "it is written for big-endian machines: convert it for little-endian ones");
        require(version == 2 || version == 3, "its version is " + version + ", but 2 and 3 are known");
        long tensorCount = in.int64();
        long valueCount = in.int64();
        require(
                tensorCount > 0 && tensorCount <= MAX_TENSORS,
                "it claims " + Long.toUnsignedString(tensorCount) + " tensors");
        require(
                valueCount >= 0 && valueCount <= MAX_VALUES,
                "it claims " + Long.toUnsignedString(valueCount) + " values");
        for (long i = 0; i < valueCount; i++) {
            readValue();
        }
        for (long i = 0; i < tensorCount; i++) {
            readTensor();
        }
        checkExtents();
        return new GgufHeader(version, values, tensors);
    }

    private void readValue() throws IOException {
        String key = in.text(GgufInput.MAX_KEY_BYTES);
        require(isPrintable(key), "a key has no printable name");
        int type = in.int32();
        boolean array = type == GgufInput.ARRAY;
        Object value = array ? (Object) in.skipArray() : in.value(type);
        require(
                keys.add(key) && values.put(array ? key + ".length" : key, value) == null,
                "the key " + key + " stands in it twice");
    }

    private void readTensor() throws IOException {
        String name = in.text(GgufInput.MAX_NAME_BYTES);
        require(isPrintable(name), "a tensor has no printable name");
        require(names.add(name), "the tensor " + name + " stands in it twice");
        int count = in.int32();
        require(count >= 1 && count <= MAX_DIMENSIONS, "tensor " + name + " has " + count + " dimensions");
        List<Long> dimensions = new ArrayList<>();
        long elements = 1;
        for (int i = 0; i < count; i++) {
            long dimension = in.int64();
            require(
                    dimension > 0 && dimension <= Long.MAX_VALUE / elements,
                    "tensor " + name + " has a dimension of " + dimension);
            elements *= dimension;
            dimensions.add(dimension);
        }
        int type = in.int32();
        long offset = in.int64();
        tensors.add(new GgufHeader.Tensor(name, dimensions, type, offset, bytes(name, type, elements, dimensions)));
    }

    private static long bytes(String name, int number, long elements, List<Long> dimensions) throws IOException {
        TensorType type = TensorType.of(number)
                .orElseThrow(() -> new GgufInput.Malformed(
                        "tensor " + name + " has the type " + number + ", which this release does not know"));
        require(
                dimensions.getFirst() % type.elements() == 0,
                "the rows of tensor " + name + " are no whole number of blocks");
        long blocks = elements / type.elements();
        require(blocks <= Long.MAX_VALUE / type.bytes(), "tensor " + name + " is too large");
        return blocks * type.bytes();
    }

    /** Every tensor must lie in the file, on bytes of its own, or reading it later would end the process. */
    private void checkExtents() throws IOException {
        long alignment = alignment();
        long start = (in.position() + alignment - 1) / alignment * alignment;
        long length = in.length();
        for (GgufHeader.Tensor tensor : tensors) {
            require(
                    tensor.offset() >= 0 && tensor.offset() % alignment == 0,
                    "tensor " + tensor.name() + " begins at " + Long.toUnsignedString(tensor.offset()));
            require(
                    tensor.bytes() <= length - start && tensor.offset() <= length - start - tensor.bytes(),
                    "it is cut off: tensor " + tensor.name() + " ends beyond the file's " + length + " bytes");
        }
        checkOverlaps();
    }

    private long alignment() throws IOException {
        Object alignment = values.getOrDefault("general.alignment", DEFAULT_ALIGNMENT);
        require(
                alignment instanceof Long number
                        && number >= MIN_ALIGNMENT
                        && number <= MAX_ALIGNMENT
                        && Long.bitCount(number) == 1,
                "its alignment is " + alignment);
        return (Long) alignment;
    }

    private void checkOverlaps() throws IOException {
        List<GgufHeader.Tensor> inOrder = tensors.stream()
                .sorted(Comparator.comparingLong(GgufHeader.Tensor::offset))
                .toList();
        for (int i = 1; i < inOrder.size(); i++) {
            GgufHeader.Tensor before = inOrder.get(i - 1);
            require(
                    before.offset() + before.bytes() <= inOrder.get(i).offset(),
                    "the tensors " + before.name() + " and " + inOrder.get(i).name() + " lie on the same bytes");
        }
    }

    private static boolean isPrintable(String name) {
        return !name.isEmpty() && name.chars().noneMatch(Character::isISOControl);
    }

    private static void require(boolean holds, String otherwise) throws GgufInput.Malformed {
        if (!holds) {
            throw new GgufInput.Malformed(otherwise);
        }
    }
}
