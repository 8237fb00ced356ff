package org.cartulary.inference.supervision;

import org.cartulary.inference.ModelCard;
import org.cartulary.inference.models.GgufHeader;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.process.FreeMemory;

/**
 * How much memory a worker will take, estimated from above: weights, the process itself, and what it works in: of a chat
 * model the key-value cache and the buffers of one step, of others as much for each {@linkplain Lanes lane} that it gets.
 */
final class MemoryNeed {
    /** As the worker bounds it. */
    private static final long MOST_CACHE_BYTES = 2L << 30;

    private static final long PROCESS_BYTES = 400L << 20;
    private static final int STEP_TOKENS = 512;

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
        if (model.role() != ModelCard.Role.CHAT) {
            Lanes lanes = Lanes.of(header, model.manifest().maxTokens());
            int count = lanes.affordable(sizes.embeddingThreads(), weights, FreeMemory.bytes());
            return weights + count * lanes.bytesEach() + PROCESS_BYTES;
        }
        return weights + cache(header, sizes) + step(header) + PROCESS_BYTES;
    }

    /** Keys and values of every layer in 16 bits: a window for each answer, as far as the worker lets the cache grow. */
    private static long cache(GgufHeader header, InferenceConfig.Sizes sizes) {
        long window = Math.min(
                sizes.contextTokens(), header.ofArchitecture("context_length").orElse(0L));
        long token = Lanes.keysAndValues(header);
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
