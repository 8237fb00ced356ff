package org.cartulary.inference.llama;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Tokens of one or more sequences that the model reads in one step. Used by the engine thread only. */
final class TokenBatch {
    private final int capacity;
    private final int sequences;
    private final int maxOutputs;
    private final MemorySegment struct;
    private final MemorySegment tokens;
    private final MemorySegment positions;
    private final MemorySegment owners;
    private final MemorySegment outputs;
    private int size;
    private int outputCount;

    TokenBatch(Arena arena, ContextShape shape) {
        this.capacity = shape.batchTokens();
        this.sequences = shape.sequences();
        this.maxOutputs = shape.outputs();
        this.struct = arena.allocate(StructLayouts.BATCH_BYTES, 8);
        this.tokens = arena.allocate(ValueLayout.JAVA_INT, capacity);
        this.positions = arena.allocate(ValueLayout.JAVA_INT, capacity);
        this.owners = arena.allocate(ValueLayout.JAVA_INT, capacity);
        this.outputs = arena.allocate(ValueLayout.JAVA_BYTE, capacity);
        MemorySegment counts = arena.allocate(ValueLayout.JAVA_INT, capacity);
        MemorySegment pointers = arena.allocate(ValueLayout.ADDRESS, capacity);
        for (int i = 0; i < capacity; i++) {
            counts.setAtIndex(ValueLayout.JAVA_INT, i, 1);
            pointers.setAtIndex(ValueLayout.ADDRESS, i, owners.asSlice(4L * i, 4));
        }
        struct.set(ValueLayout.ADDRESS, StructLayouts.BATCH_TOKENS, tokens);
        struct.set(ValueLayout.ADDRESS, StructLayouts.BATCH_POSITIONS, positions);
        struct.set(ValueLayout.ADDRESS, StructLayouts.BATCH_SEQUENCE_COUNTS, counts);
        struct.set(ValueLayout.ADDRESS, StructLayouts.BATCH_SEQUENCES, pointers);
        struct.set(ValueLayout.ADDRESS, StructLayouts.BATCH_OUTPUTS, outputs);
    }

    /**
     * Adds a token.
     *
     * @param position in its sequence, from 0
     * @param output whether the probabilities of what follows it are wanted
     * @return its index in the batch, to ask for them
     */
    int add(int token, int position, int sequence, boolean output) {
        // llama.cpp accepts a sequence beyond its limit in silence, and aborts the process on too many outputs.
        if (size == capacity || sequence < 0 || sequence >= sequences || (output && outputCount == maxOutputs)) {
            throw new IllegalStateException("Batch overflow: " + size + " tokens, " + outputCount
                    + " outputs, sequence " + sequence + " of " + sequences);
        }
        tokens.setAtIndex(ValueLayout.JAVA_INT, size, token);
        positions.setAtIndex(ValueLayout.JAVA_INT, size, position);
        owners.setAtIndex(ValueLayout.JAVA_INT, size, sequence);
        outputs.set(ValueLayout.JAVA_BYTE, size, (byte) (output ? 1 : 0));
        outputCount += output ? 1 : 0;
        return size++;
    }

    void clear() {
        size = 0;
        outputCount = 0;
    }

    int size() {
        return size;
    }

    int room() {
        return capacity - size;
    }

    int outputRoom() {
        return maxOutputs - outputCount;
    }

    MemorySegment struct() {
        struct.set(ValueLayout.JAVA_INT, StructLayouts.BATCH_COUNT, size);
        return struct;
    }
}
