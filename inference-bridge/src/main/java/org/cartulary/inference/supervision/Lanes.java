package org.cartulary.inference.supervision;

import java.util.Objects;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.models.GgufHeader;
import org.cartulary.inference.models.ModelRefused;
import org.cartulary.inference.models.StoredModel;
import org.jspecify.annotations.Nullable;

/**
 * The threads of an embedder or reranker: each reads a text by itself, in contexts of its own, and so each takes memory
 * of its own.
 *
 * @param bytesEach that one takes, estimated from above; 0 where threads share what they work in
 */
record Lanes(long bytesEach) {
    private static final Lanes SHARING = new Lanes(0);

    /** As the worker has it where the manifest says nothing. */
    private static final int DEFAULT_WINDOW = 2048;

    /** The window of the second context, for short texts. */
    private static final int SHORT_WINDOW = 32;

    private static final int BYTES_A_VALUE = 2;

    static Lanes of(StoredModel model) {
        if (model.role() == ModelCard.Role.CHAT
                || !"gguf".equals(model.manifest().format())) {
            return SHARING;
        }
        try {
            return of(GgufHeader.read(model.file()), model.manifest().maxTokens());
        } catch (ModelRefused e) {
            // The worker refuses such a model itself, and says why.
            return SHARING;
        }
    }

    static Lanes of(GgufHeader header, @Nullable Integer maxTokens) {
        long trained = header.ofArchitecture("context_length").orElse((long) DEFAULT_WINDOW);
        long window = Math.clamp(Objects.requireNonNullElse(maxTokens, DEFAULT_WINDOW), 1, Math.max(1, trained));
        long tokens = window + Math.min(window, SHORT_WINDOW);
        return new Lanes(tokens * bytesPerToken(header));
    }

    /** A decoder keeps keys and values, and llama.cpp writes a row of the vocabulary for each token of a text. */
    private static long bytesPerToken(GgufHeader header) {
        long width = header.ofArchitecture("embedding_length").orElse(0L);
        long inner = header.ofArchitecture("feed_forward_length").orElse(4 * width);
        long step = Float.BYTES * (9 * width + 3 * inner);
        boolean decodes = !Boolean.FALSE.equals(header.values().get(header.architecture() + ".attention.causal"));
        long vocabulary = header.number("tokenizer.ggml.tokens.length").orElse(0L);
        return decodes ? step + keysAndValues(header) + Float.BYTES * vocabulary : step;
    }

    /** Of one token in every layer, in 16 bits. */
    static long keysAndValues(GgufHeader header) {
        long width = header.ofArchitecture("embedding_length").orElse(0L);
        long heads = header.ofArchitecture("attention.head_count").orElse(1L);
        long pairs = header.ofArchitecture("attention.head_count_kv").orElse(heads);
        long key = header.ofArchitecture("attention.key_length").orElse(width / Math.max(1, heads));
        long value = header.ofArchitecture("attention.value_length").orElse(key);
        return header.ofArchitecture("block_count").orElse(0L) * pairs * (key + value) * BYTES_A_VALUE;
    }

    /**
     * How many there is memory for, one at least and no more than wanted. Half of what is left stays for the other
     * workers, which start at the same time, and for the files that they map.
     */
    int affordable(int wanted, long weightBytes, long freeBytes) {
        long room = Math.max(0, freeBytes - weightBytes) / 2;
        return bytesEach == 0 ? wanted : Math.clamp(room / bytesEach, 1, wanted);
    }
}
