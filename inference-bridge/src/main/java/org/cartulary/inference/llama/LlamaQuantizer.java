package org.cartulary.inference.llama;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** Makes copies of models in another quantisation, by llama.cpp. */
public final class LlamaQuantizer {
    /** Kinds of copies, with llama.cpp's file types; as many as {@code Requantizer.types} names. */
    public enum Type {
        F16(1),
        Q8_0(7),
        Q6_K(18),
        Q5_K_M(17),
        Q4_K_M(15),
        Q4_0(2);

        private final int fileType;

        Type(int fileType) {
            this.fileType = fileType;
        }
    }

    private final LlamaRuntime runtime;

    public LlamaQuantizer(LlamaRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * Writes the copy; a failure leaves a partial target.
     *
     * @param source a GGUF, quantised already or not
     * @throws LlamaUnavailable when llama.cpp cannot do it
     */
    public void quantize(Path source, Path target, Type type, int threads) {
        LlamaFunctions functions = runtime.functions();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment params = functions.llamaModelQuantizeDefaultParams(arena);
            params.set(ValueLayout.JAVA_INT, StructLayouts.QUANTIZE_THREADS, threads);
            params.set(ValueLayout.JAVA_INT, StructLayouts.QUANTIZE_FILE_TYPE, type.fileType);
            params.set(ValueLayout.JAVA_BYTE, StructLayouts.QUANTIZE_ALLOW_REQUANTIZE, (byte) 1);
            int code = functions.llamaModelQuantize(
                    arena.allocateFrom(source.toAbsolutePath().toString()),
                    arena.allocateFrom(target.toAbsolutePath().toString()),
                    params);
            if (code != 0) {
                throw new LlamaUnavailable("llama.cpp cannot make a " + type + " copy of " + source + " (code " + code
                        + "); the lines before this one in the log say why.");
            }
        }
    }
}
