package org.cartulary.inference.models;

import java.util.Map;
import java.util.Optional;

/**
 * How a kind of tensor lies in a GGUF: so many elements share a block of so many bytes. Numbers, names and sizes are
 * ggml's, release v0.5.0.
 */
record TensorType(String name, int elements, int bytes) {
    private static final Map<Integer, TensorType> KNOWN = Map.ofEntries(
            Map.entry(0, new TensorType("F32", 1, 4)),
            Map.entry(1, new TensorType("F16", 1, 2)),
            Map.entry(2, new TensorType("Q4_0", 32, 18)),
            Map.entry(3, new TensorType("Q4_1", 32, 20)),
            Map.entry(6, new TensorType("Q5_0", 32, 22)),
            Map.entry(7, new TensorType("Q5_1", 32, 24)),
            Map.entry(8, new TensorType("Q8_0", 32, 34)),
            Map.entry(9, new TensorType("Q8_1", 32, 36)),
            Map.entry(10, new TensorType("Q2_K", 256, 84)),
            Map.entry(11, new TensorType("Q3_K", 256, 110)),
            Map.entry(12, new TensorType("Q4_K", 256, 144)),
            Map.entry(13, new TensorType("Q5_K", 256, 176)),
            Map.entry(14, new TensorType("Q6_K", 256, 210)),
            Map.entry(15, new TensorType("Q8_K", 256, 292)),
            Map.entry(16, new TensorType("IQ2_XXS", 256, 66)),
            Map.entry(17, new TensorType("IQ2_XS", 256, 74)),
            Map.entry(18, new TensorType("IQ3_XXS", 256, 98)),
            Map.entry(19, new TensorType("IQ1_S", 256, 50)),
            Map.entry(20, new TensorType("IQ4_NL", 32, 18)),
            Map.entry(21, new TensorType("IQ3_S", 256, 110)),
            Map.entry(22, new TensorType("IQ2_S", 256, 82)),
            Map.entry(23, new TensorType("IQ4_XS", 256, 136)),
            Map.entry(24, new TensorType("I8", 1, 1)),
            Map.entry(25, new TensorType("I16", 1, 2)),
            Map.entry(26, new TensorType("I32", 1, 4)),
            Map.entry(27, new TensorType("I64", 1, 8)),
            Map.entry(28, new TensorType("F64", 1, 8)),
            Map.entry(29, new TensorType("IQ1_M", 256, 56)),
            Map.entry(30, new TensorType("BF16", 1, 2)),
            Map.entry(34, new TensorType("TQ1_0", 256, 54)),
            Map.entry(35, new TensorType("TQ2_0", 256, 66)),
            Map.entry(39, new TensorType("MXFP4", 32, 17)),
            Map.entry(40, new TensorType("NVFP4", 64, 36)),
            Map.entry(41, new TensorType("Q1_0", 128, 18)),
            Map.entry(42, new TensorType("Q2_0", 64, 18)));

    static Optional<TensorType> of(int number) {
        return Optional.ofNullable(KNOWN.get(number));
    }
}
