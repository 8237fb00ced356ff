package org.cartulary.inference.llama;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A GGUF in memory. Closed after every context on it. */
final class LlamaModel implements AutoCloseable {
    private static final long MAX_TEMPLATE_BYTES = 1 << 20;

    private final LlamaFunctions functions;
    private final MemorySegment handle;
    private final Vocabulary vocabulary;

    private LlamaModel(LlamaFunctions functions, MemorySegment handle) {
        this.functions = functions;
        this.handle = handle;
        this.vocabulary = new Vocabulary(functions, functions.llamaModelGetVocab(handle));
    }

    /**
     * Loads a model whose header was checked and whose hash is known.
     *
     * @throws LlamaUnavailable when llama.cpp does not take it; its reason stands on the process's standard error
     */
    static LlamaModel load(LlamaRuntime runtime, Path file) {
        LlamaFunctions functions = runtime.functions();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handle = functions.llamaModelLoadFromFile(
                    arena.allocateFrom(file.toAbsolutePath().toString()), functions.llamaModelDefaultParams(arena));
            if (handle.equals(MemorySegment.NULL)) {
                throw new LlamaUnavailable(
                        "llama.cpp cannot load the model " + file + "; the lines before this one in the log say why.");
            }
            return new LlamaModel(functions, handle);
        }
    }

    LlamaFunctions functions() {
        return functions;
    }

    MemorySegment handle() {
        return handle;
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    int trainedContextTokens() {
        return functions.llamaModelNCtxTrain(handle);
    }

    /** Whether the model keeps a running state instead of each token's keys and values, at least in some layers. */
    boolean keepsState() {
        return functions.llamaModelIsRecurrent(handle) || functions.llamaModelIsHybrid(handle);
    }

    /** The chat template in the file, or null where it has none. */
    @Nullable
    String chatTemplate() {
        return NativeText.readNullable(
                functions.llamaModelChatTemplate(handle, MemorySegment.NULL), MAX_TEMPLATE_BYTES);
    }

    /** Length of the vectors that it makes. */
    int dimension() {
        return functions.llamaModelNEmbdOut(handle);
    }

    /** How many scores a reranker gives; 1 in most. */
    int labels() {
        return functions.llamaModelNClsOut(handle);
    }

    /** The template into which a reranker wants query and passage written, or null where it wants tokens only. */
    @Nullable
    String rerankTemplate() {
        try (Arena arena = Arena.ofConfined()) {
            return NativeText.readNullable(
                    functions.llamaModelChatTemplate(handle, arena.allocateFrom("rerank")), MAX_TEMPLATE_BYTES);
        }
    }

    @Override
    public void close() {
        functions.llamaModelFree(handle);
    }
}
