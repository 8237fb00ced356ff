package org.cartulary.inference.llama;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;

/**
 * What a context is allocated for.
 *
 * @param cacheTokens places in the key-value cache, shared by all sequences
 * @param batchTokens most tokens in one step
 * @param sequences most sequences at a time
 * @param outputs most tokens in one step whose successors' probabilities are wanted
 * @param threads that compute; they spin, so never more than free physical cores
 */
record ContextShape(int cacheTokens, int batchTokens, int sequences, int outputs, int threads) {
    /** llama.cpp's parameters for this shape, all others at their defaults. */
    MemorySegment params(LlamaFunctions functions, SegmentAllocator allocator) {
        MemorySegment params = functions.llamaContextDefaultParams(allocator);
        params.set(ValueLayout.JAVA_INT, StructLayouts.CONTEXT_TOKENS, cacheTokens);
        params.set(ValueLayout.JAVA_INT, StructLayouts.CONTEXT_BATCH, batchTokens);
        params.set(ValueLayout.JAVA_INT, StructLayouts.CONTEXT_UBATCH, batchTokens);
        params.set(ValueLayout.JAVA_INT, StructLayouts.CONTEXT_SEQUENCES, sequences);
        params.set(ValueLayout.JAVA_INT, StructLayouts.CONTEXT_OUTPUTS, outputs);
        params.set(ValueLayout.JAVA_INT, StructLayouts.CONTEXT_THREADS, threads);
        params.set(ValueLayout.JAVA_INT, StructLayouts.CONTEXT_BATCH_THREADS, threads);
        return params;
    }
}
