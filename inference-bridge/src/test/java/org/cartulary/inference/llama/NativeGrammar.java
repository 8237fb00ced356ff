package org.cartulary.inference.llama;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.BitSet;
import org.cartulary.inference.testing.Cache;

/**
 * llama.cpp's own grammar, to compare ours with. Only for grammars that are known to be harmless: it ends the process
 * when it is told to accept what it forbids.
 */
final class NativeGrammar implements AutoCloseable {
    /** The functions that nothing but tests calls; names as in {@link LlamaFunctions}. */
    interface Functions {
        MemorySegment llamaSamplerInitGrammar(MemorySegment vocabulary, MemorySegment gbnf, MemorySegment root);

        void llamaSamplerApply(MemorySegment sampler, MemorySegment candidates);

        void llamaSamplerAccept(MemorySegment sampler, int token);

        void llamaSamplerFree(MemorySegment sampler);
    }

    /** {@code llama_token_data}: id, logit, p. */
    private static final int CANDIDATE_BYTES = 12;

    private static final int LOGIT = 4;

    /** {@code llama_token_data_array}: data, size, selected, sorted. */
    private static final int CANDIDATES_BYTES = 32;

    private static final int SIZE = 8;
    private static final int SELECTED = 16;

    private final Arena arena = Arena.ofConfined();
    private final Functions functions = bound();
    private final int size;
    private final MemorySegment handle;
    private final MemorySegment candidates;
    private final MemorySegment array;

    NativeGrammar(Vocabulary vocabulary, String gbnf) {
        this.size = vocabulary.size();
        this.handle = functions.llamaSamplerInitGrammar(
                vocabulary.handle(), arena.allocateFrom(gbnf), arena.allocateFrom("root"));
        this.candidates = arena.allocate((long) CANDIDATE_BYTES * size, 8);
        this.array = arena.allocate(CANDIDATES_BYTES, 8);
        array.set(ValueLayout.ADDRESS, 0, candidates);
    }

    /** Whether it took the grammar. */
    boolean isUsable() {
        return !handle.equals(MemorySegment.NULL);
    }

    BitSet allowed() {
        apply();
        BitSet allowed = new BitSet(size);
        for (int token = 0; token < size; token++) {
            float logit = candidates.get(ValueLayout.JAVA_FLOAT, (long) CANDIDATE_BYTES * token + LOGIT);
            allowed.set(token, logit != Float.NEGATIVE_INFINITY);
        }
        return allowed;
    }

    void apply() {
        for (int token = 0; token < size; token++) {
            long at = (long) CANDIDATE_BYTES * token;
            candidates.set(ValueLayout.JAVA_INT, at, token);
            candidates.set(ValueLayout.JAVA_FLOAT, at + LOGIT, 0f);
        }
        array.set(ValueLayout.JAVA_LONG, SIZE, size);
        array.set(ValueLayout.JAVA_LONG, SELECTED, -1);
        functions.llamaSamplerApply(handle, array);
    }

    /** Only what {@link #allowed} has. */
    void accept(int token) {
        functions.llamaSamplerAccept(handle, token);
    }

    @Override
    public void close() {
        if (isUsable()) {
            functions.llamaSamplerFree(handle);
        }
        arena.close();
    }

    @SuppressWarnings("restricted") // calling native code is what this class is for
    private static Functions bound() {
        Path library = Cache.llamaLibraries().resolve("libllama." + LlamaRuntime.RELEASE + ".so");
        return FunctionBinder.bind(Functions.class, SymbolLookup.libraryLookup(library, Arena.global()));
    }
}
