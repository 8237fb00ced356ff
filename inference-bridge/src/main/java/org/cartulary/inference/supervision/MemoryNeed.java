package org.cartulary.inference.supervision;

import org.cartulary.inference.models.GgufHeader;
import org.cartulary.inference.models.StoredModel;

/**
 * How much memory a worker will take, estimated from above: weights, key-value cache, the buffers of one step, and the
 * process itself.
 */
final class MemoryNeed {
    /** As the worker bounds it. */
    private static final long MOST_CACHE_BYTES = 2L << 30;

    private static final long PROCESS_BYTES = 400L << 20;
    private static final int STEP_TOKENS = 512;
    private static final int BYTES_A_VALUE = 2;

    private MemoryNeed() {}

    /**
     * In bytes.
     *
     * @throws org.cartulary.inference.models.ModelRefused when the model's header cannot be read
     */
    static long of(StoredModel model, InferenceConfig.Sizes sizes) {
        long weights = model.manifest().bytes();
        if (!"gguf".equals(model.manifest().format())) {
            return 2 * weights + PROCESS_BYTES;
        }
        GgufHeader header = GgufHeader.read(model.file());
        return weights + cache(header, sizes) + step(header) + PROCESS_BYTES;
    }

    /** Keys and values of every layer in 16 bits: a window for each answer, as far as the worker lets the cache grow. */
    private static long cache(GgufHeader header, InferenceConfig.Sizes sizes) {
        long window = Math.min(
                sizes.contextTokens(), header.ofArchitecture("context_length").orElse(0L));
        long width = header.ofArchitecture("embedding_length").orElse(0L);
        long heads = header.ofArchitecture("attention.head_count").orElse(1L);
        long pairs = header.ofArchitecture("attention.head_count_kv").orElse(heads);
        long key = header.ofArchitecture("attention.key_length").orElse(width / Math.max(1, heads));
        long value = header.ofArchitecture("attention.value_length").orElse(key);
        long layers = header.ofArchitecture("block_count").orElse(0L);
        long token = layers * pairs * (key + value) * BYTES_A_VALUE;
        return Math.max(window * token, Math.min(MOST_CACHE_BYTES, window * sizes.sequences() * token))
                + STEP_TOKENS * token;
    }

    /** What one step computes in: a few rows as wide as the model for each token, and the row of the vocabulary. */
    private static long step(GgufHeader header) {
        long width = header.ofArchitecture("embedding_length").orElse(0L);
        long inner = header.ofArchitecture("feed_forward_length").orElse(4 * width);
        long vocabulary = header.number("tokenizer.ggml.tokens.length").orElse(0L);
        return STEP_TOKENS * Float.BYTES * (8 * width + 3 * inner + vocabulary);
    }
}
