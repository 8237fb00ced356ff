package org.cartulary.inference.llama;

import org.cartulary.inference.PromptCacheStatus;
import org.jspecify.annotations.Nullable;

/**
 * How an engine is doing.
 *
 * @param steps batches read since the start: stands still while there is nothing to do, or when the engine hangs
 * @param busy whether there is work that could go on
 * @param fault that ended the engine, or null while it works
 * @param active requests being worked on
 * @param waiting requests in the queue
 * @param prefillTokensPerSecond of steps that only read prompts, smoothed; 0 before the first
 * @param decodeTokensPerSecond of steps that only generate, all answers together, smoothed; 0 before the first
 * @param promptCache what the reuse of prompts has saved
 */
public record EngineStatus(
        long steps,
        boolean busy,
        @Nullable RuntimeException fault,
        int active,
        int waiting,
        double prefillTokensPerSecond,
        double decodeTokensPerSecond,
        PromptCacheStatus promptCache) {}
