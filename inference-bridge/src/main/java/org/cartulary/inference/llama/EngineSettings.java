package org.cartulary.inference.llama;

/**
 * How much an engine takes on.
 *
 * @param windowTokens longest prompt and answer together; at most what the model was trained for
 * @param cacheTokens places in the key-value cache for all answers together; raised to what one window needs
 * @param sequences answers made at the same time, 1 to 32
 * @param queueLength requests that wait at most
 * @param threads that compute
 */
public record EngineSettings(int windowTokens, int cacheTokens, int sequences, int queueLength, int threads) {
    public EngineSettings {
        require(windowTokens >= 16, "a window of at least 16 tokens", windowTokens);
        require(sequences >= 1 && sequences <= 32, "1 to 32 sequences", sequences);
        require(queueLength >= 1 && queueLength <= 4096, "a queue of 1 to 4096", queueLength);
        require(threads >= 1 && threads <= 512, "1 to 512 threads", threads);
    }

    private static void require(boolean holds, String rule, int value) {
        if (!holds) {
            throw new IllegalArgumentException("An engine needs " + rule + ", not " + value);
        }
    }
}
