package org.cartulary.inference.llama;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * A model's working memory. One thread owns it; only {@link #abort} may come from another.
 */
final class LlamaContext implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final LlamaFunctions functions;
    private final MemorySegment handle;
    private final MemorySegment memory;
    private final int vocabularySize;
    private final MemorySegment abortFlag;
    private final TokenBatch batch;
    private final @Nullable FreeCores freeCores;
    private int threads;
    private @Nullable Thread owner;
    private boolean closed;

    /** @throws LlamaUnavailable when there is not enough memory for the shape */
    LlamaContext(LlamaModel model, ContextShape shape) {
        this(model, shape, true);
    }

    /**
     * @param yielding whether it takes fewer threads while others compute; a replay does not, because its numbers must
     *     repeat
     */
    LlamaContext(LlamaModel model, ContextShape shape, boolean yielding) {
        this.functions = model.functions();
        this.abortFlag = arena.allocate(8);
        MemorySegment params = params(shape);
        this.handle = functions.llamaInitFromModel(model.handle(), params);
        if (handle.equals(MemorySegment.NULL)) {
            arena.close();
            throw new LlamaUnavailable("llama.cpp cannot make a context of " + shape.cacheTokens()
                    + " tokens: set a smaller context or free memory; the lines before this one in the log say why.");
        }
        this.memory = functions.llamaGetMemory(handle);
        this.vocabularySize = model.vocabulary().size();
        int cells = functions.llamaNCtx(handle);
        if (cells < shape.cacheTokens()
                || functions.llamaNBatch(handle) < shape.batchTokens()
                || functions.llamaNSeqMax(handle) < shape.sequences()) {
            close();
            throw new LlamaUnavailable(
                    "llama.cpp made a smaller context than asked: " + cells + " tokens for " + shape);
        }
        this.batch = new TokenBatch(arena, shape);
        this.threads = shape.threads();
        this.freeCores = yielding ? new FreeCores(threads) : null;
    }

    private MemorySegment params(ContextShape shape) {
        MemorySegment params = shape.params(functions, arena);
        params.set(ValueLayout.JAVA_BYTE, StructLayouts.CONTEXT_KV_UNIFIED, (byte) 1);
        // An upcall into Java for each of ggml's polls would be slow. strlen of the flag's bytes is 0 until the first
        // byte is set, then 1, and that is all that a callback returning bool needs.
        params.set(
                ValueLayout.ADDRESS,
                StructLayouts.CONTEXT_ABORT_CALLBACK,
                Linker.nativeLinker().defaultLookup().findOrThrow("strlen"));
        params.set(ValueLayout.ADDRESS, StructLayouts.CONTEXT_ABORT_DATA, abortFlag);
        return params;
    }

    /** The batch to fill for {@link #decode}. */
    TokenBatch batch() {
        return batch;
    }

    /**
     * Reads the batch.
     *
     * @return whether it was read whole; false when it was aborted, and its sequences are in no known state then
     * @throws LlamaFault when llama.cpp refuses the batch; its sequences are in no known state
     */
    boolean decode() {
        requireOwner();
        abortFlag.set(ValueLayout.JAVA_BYTE, 0, (byte) 0);
        yieldCores();
        int code = functions.llamaDecode(handle, batch.struct());
        if (code == 0 || code == 2) {
            return code == 0;
        }
        throw new LlamaFault("llama.cpp failed to read " + batch.size() + " tokens with code " + code
                + (code == 1 ? " (no room in the key-value cache)" : ""));
    }

    /** Two threads on one context, or a decode after its end, would end the process without a word. */
    private void requireOwner() {
        requireOpen();
        if (owner == null) {
            owner = Thread.currentThread();
        }
        if (!owner.equals(Thread.currentThread())) {
            throw new IllegalStateException("This context belongs to " + owner + ", not to " + Thread.currentThread());
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("This context is closed");
        }
    }

    private void yieldCores() {
        int free = freeCores == null ? threads : freeCores.threads();
        if (free != threads) {
            threads = free;
            functions.llamaSetNThreads(handle, free, free);
        }
    }

    /** Log-odds of each token of the vocabulary to follow a token of the last batch that wanted an output. */
    float[] logits(int index) {
        return logitsRow(index).toArray(ValueLayout.JAVA_FLOAT);
    }

    /** As {@link #logits}, where llama.cpp has them; valid until the next {@link #decode}. */
    @SuppressWarnings("restricted") // the bound is the size of the vocabulary
    MemorySegment logitsRow(int index) {
        MemorySegment row = functions.llamaGetLogitsIth(handle, index);
        if (row.equals(MemorySegment.NULL)) {
            throw new LlamaFault("llama.cpp has no output for token " + index + " of the batch");
        }
        return row.reinterpret(vocabularySize * 4L);
    }

    /** Drops what a sequence holds from a position on. */
    void forget(int sequence, int from) {
        requireOpen();
        if (!functions.llamaMemorySeqRm(memory, sequence, from, -1)) {
            throw new LlamaFault("llama.cpp cannot shorten sequence " + sequence + " to " + from + " tokens");
        }
    }

    /** Lets a sequence share the first tokens of another. */
    void share(int source, int target, int tokens) {
        requireOpen();
        functions.llamaMemorySeqCp(memory, source, target, 0, tokens);
    }

    /** Makes a {@link #decode} that runs now end early; from any thread, while the context is open. */
    void abort() {
        abortFlag.set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            functions.llamaFree(handle);
            arena.close();
        }
    }
}
