package org.cartulary.inference.models;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands before the weights in a GGUF.
 *
 * @param values scalars and strings by key; of arrays only the length, as a Long under the key with {@code .length}
 * @param tensors in file order
 */
public record GgufHeader(int version, Map<String, Object> values, List<Tensor> tensors) {
    /**
     * A tensor's place.
     *
     * @param offset from the start of the weights, in bytes
     * @param bytes its length
     */
    public record Tensor(String name, List<Long> dimensions, int type, long offset, long bytes) {
        /** Weights in it. */
        public long elements() {
            return dimensions.stream().reduce(1L, Math::multiplyExact);
        }

        /** What it is stored as, in ggml's words, for example {@code Q4_K}. */
        public String typeName() {
            return TensorType.of(type).map(TensorType::name).orElse("type " + type);
        }
    }

    public GgufHeader {
        values = Map.copyOf(values);
        tensors = List.copyOf(tensors);
    }

    /**
     * Reads and checks the header of a file, before any native code sees it.
     *
     * @throws ModelRefused when the file is no GGUF, is cut off, holds absurd counts, or breaks a promise that native
     *     code relies on
     */
    public static GgufHeader read(Path file) {
        return GgufReader.read(file);
    }

    /** The text of a key. */
    public Optional<String> text(String key) {
        return values.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The number of a key, where it is a whole one. */
    public Optional<Long> number(String key) {
        return values.get(key) instanceof Long number ? Optional.of(number) : Optional.empty();
    }

    /** The number of a key of the architecture, for example {@code block_count}. */
    public Optional<Long> ofArchitecture(String key) {
        return number(architecture() + "." + key);
    }

    /** A tensor of this name. */
    public Optional<Tensor> tensor(String name) {
        return tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst();
    }

    /** Weights in all tensors. */
    public long parameters() {
        return tensors.stream().mapToLong(Tensor::elements).sum();
    }

    /** The family of models that it belongs to, for example {@code llama}. */
    public String architecture() {
        return text("general.architecture").orElse("unknown");
    }
}
