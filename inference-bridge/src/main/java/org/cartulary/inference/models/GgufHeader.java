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
    public record Tensor(String name, List<Long> dimensions, int type, long offset, long bytes) {}

    public GgufHeader {
        values = Map.copyOf(values);
        tensors = List.copyOf(tensors);
    }

    /**
     * Reads and checks the header of a file, before any native code sees it.
     *
     * @throws ModelRefused when the file is no GGUF, is cut off, or holds absurd counts
     */
    public static GgufHeader read(Path file) {
        return GgufReader.read(file);
    }

    /** The text of a key. */
    public Optional<String> text(String key) {
        return values.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The whole number of a key. */
    public Optional<Long> number(String key) {
        return values.get(key) instanceof Long number ? Optional.of(number) : Optional.empty();
    }

    /** The family of models that it belongs to, for example {@code llama}. */
    public String architecture() {
        return text("general.architecture").orElse("unknown");
    }
}
