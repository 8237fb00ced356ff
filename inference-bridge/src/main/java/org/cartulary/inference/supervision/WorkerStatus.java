package org.cartulary.inference.supervision;

import org.cartulary.inference.ModelCard;
import org.cartulary.inference.PromptCacheStatus;
import org.jspecify.annotations.Nullable;

/**
 * How a worker is doing, for health.
 *
 * @param pid of its process; 0 while there is none
 * @param restarts since the appliance started
 * @param lastFailure in words, or null where there was none
 * @param model what it serves, CPU variant included; null before it was first ready
 * @param active requests being worked on
 * @param waiting requests in its queue
 * @param prefillTokensPerSecond prompts read, or texts embedded; smoothed; 0 before the first
 * @param decodeTokensPerSecond tokens generated; smoothed; 0 before the first
 * @param promptCache what the reuse of prompts has saved since the worker started
 * @param memoryBytes that the worker has for itself; 0 while there is none
 * @param hashMillis time to check the model's hash at the last start
 * @param loadMillis time to load the model after that
 */
public record WorkerStatus(
        ModelCard.Role role,
        WorkerState state,
        long pid,
        int restarts,
        @Nullable String lastFailure,
        @Nullable ModelCard model,
        int active,
        int waiting,
        double prefillTokensPerSecond,
        double decodeTokensPerSecond,
        PromptCacheStatus promptCache,
        long memoryBytes,
        long hashMillis,
        long loadMillis) {}
