package org.cartulary.inference.llama;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.cartulary.inference.embedding.Lane;
import org.cartulary.inference.embedding.Pooling;

/**
 * A model's working memory for reading one whole text at a time into a vector or score. Used by one thread.
 *
 * <p>llama.cpp aborts the process when an encoder gets more tokens than {@code n_ubatch}, or a position beyond those it
 * was trained for. So the window, the batch and the micro-batch are one number here, at most the trained one; the batch
 * to fill has no more places than that; and {@link #read} refuses what does not fit before native code sees it.
 */
final class EncoderContext implements Lane, AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final LlamaFunctions functions;
    private final MemorySegment handle;
    private final MemorySegment memory;
    private final boolean encodes;
    private final int windowTokens;
    private final int outputs;
    private final TokenBatch batch;

    /**
     * @param windowTokens longest text
     * @param threads that compute; more than one spin while they wait for each other
     * @throws LlamaUnavailable when there is not enough memory, or the window is beyond what the model was trained for
     */
    EncoderContext(LlamaModel model, Pooling pooling, int windowTokens, int threads, FlashAttention attention) {
        this.functions = model.functions();
        this.windowTokens = windowTokens;
        this.outputs = pooling == Pooling.RANK ? model.labels() : model.dimension();
        requireTrained(model);
        ContextShape shape = new ContextShape(windowTokens, windowTokens, 1, windowTokens, threads);
        this.handle = functions.llamaInitFromModel(model.handle(), params(shape, pooling, attention));
        if (handle.equals(MemorySegment.NULL)) {
            arena.close();
            throw new LlamaUnavailable("llama.cpp cannot make a context for texts of " + windowTokens
                    + " tokens: set a smaller maxTokens in the model's manifest or free memory; the lines before this"
                    + " one in the log say why.");
        }
        requireRoom();
        this.memory = functions.llamaGetMemory(handle);
        this.encodes = memory.equals(MemorySegment.NULL) || functions.llamaModelHasEncoder(model.handle());
        this.batch = new TokenBatch(arena, shape);
    }

    private MemorySegment params(ContextShape shape, Pooling pooling, FlashAttention attention) {
        MemorySegment params = shape.params(functions, arena);
        params.set(ValueLayout.JAVA_INT, StructLayouts.CONTEXT_POOLING, nativePooling(pooling));
        params.set(ValueLayout.JAVA_INT, StructLayouts.CONTEXT_FLASH_ATTENTION, attention.code());
        params.set(ValueLayout.JAVA_BYTE, StructLayouts.CONTEXT_EMBEDDINGS, (byte) 1);
        return params;
    }

    private void requireTrained(LlamaModel model) {
        if (windowTokens < 1 || windowTokens > model.trainedContextTokens()) {
            arena.close();
            throw new LlamaUnavailable("The model reads texts of 1 to " + model.trainedContextTokens()
                    + " tokens, not of " + windowTokens + ": correct maxTokens in its manifest.");
        }
    }

    private void requireRoom() {
        int micro = functions.llamaNUbatch(handle);
        if (micro < windowTokens
                || functions.llamaNBatch(handle) < windowTokens
                || functions.llamaNCtx(handle) < windowTokens) {
            close();
            throw new LlamaUnavailable(
                    "llama.cpp made room for " + micro + " tokens at a time instead of " + windowTokens + ".");
        }
    }

    @Override
    @SuppressWarnings("restricted") // the bound is what the model says that it gives
    public float[] read(int[] tokens) {
        if (tokens.length < 1 || tokens.length > windowTokens) {
            throw new IllegalArgumentException(tokens.length + " tokens; 1 to " + windowTokens + " are possible");
        }
        batch.clear();
        for (int i = 0; i < tokens.length; i++) {
            batch.add(tokens[i], i, 0, true);
        }
        int code = encodes ? functions.llamaEncode(handle, batch.struct()) : decode();
        MemorySegment result = code == 0 ? functions.llamaGetEmbeddingsSeq(handle, 0) : MemorySegment.NULL;
        if (result.equals(MemorySegment.NULL)) {
            throw new LlamaFault("llama.cpp failed to read a text of " + tokens.length + " tokens with code " + code);
        }
        return result.reinterpret(outputs * 4L).toArray(ValueLayout.JAVA_FLOAT);
    }

    private int decode() {
        functions.llamaMemoryClear(memory, false);
        return functions.llamaDecode(handle, batch.struct());
    }

    @Override
    public void close() {
        functions.llamaFree(handle);
        arena.close();
    }

    /** {@code enum llama_pooling_type}. */
    private static int nativePooling(Pooling pooling) {
        return switch (pooling) {
            case MEAN -> 1;
            case CLS -> 2;
            case LAST -> 3;
            case RANK -> 4;
        };
    }
}
