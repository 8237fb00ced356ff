package org.cartulary.inference.worker;

import java.nio.file.Path;
import org.cartulary.inference.models.GgufHeader;
import org.cartulary.inference.process.FreeMemory;

/** How large a model's key-value cache may be here. */
final class KeyValueCache {
    /** Most of the memory that all answers together take for what they have read. */
    private static final long MOST_BYTES = 2L << 30;

    /** Of the free memory, because weights, index and database need theirs. */
    private static final int SHARE = 4;

    private static final int HALF_FLOAT = 2;

    private KeyValueCache() {}

    /** Tokens whose keys and values fit a quarter of the free memory, and 2 GiB at most. */
    static int affordableTokens(GgufHeader header) {
        return affordableTokens(header, Path.of("/"));
    }

    /** @param root where proc and sys are mounted */
    static int affordableTokens(GgufHeader header, Path root) {
        long bytes = Math.min(MOST_BYTES, FreeMemory.below(root) / SHARE);
        return (int) Math.min(Integer.MAX_VALUE / 2, bytes / bytesPerToken(header));
    }

    /** Of keys and values together in all layers, as 16-bit floats. */
    static long bytesPerToken(GgufHeader header) {
        String prefix = header.architecture() + ".";
        long layers = header.number(prefix + "block_count").orElse(32L);
        long heads = header.number(prefix + "attention.head_count").orElse(1L);
        long groups = header.number(prefix + "attention.head_count_kv").orElse(heads);
        long head = header.number(prefix + "embedding_length").orElse(4096L) / Math.max(1, heads);
        long keys = header.number(prefix + "attention.key_length").orElse(head);
        long values = header.number(prefix + "attention.value_length").orElse(head);
        return Math.max(1, layers * groups * (keys + values) * HALF_FLOAT);
    }
}
