package org.cartulary.inference;

/**
 * What the reuse of prompts has saved since the worker started.
 *
 * @param requests whose prompts were looked up
 * @param hits of these, how many began with something that was read before
 * @param tokensRead of prompts
 * @param tokensReused of prompts, not read again
 * @param evictions of kept texts under pressure
 * @param heldTokens of all kept texts
 */
public record PromptCacheStatus(
        long requests, long hits, long tokensRead, long tokensReused, long evictions, int heldTokens) {
    /** Before the first request. */
    public static final PromptCacheStatus NOTHING = new PromptCacheStatus(0, 0, 0, 0, 0, 0);
}
