package org.cartulary.inference.llama;

/**
 * A request on the engine's thread. Each step of the engine asks every job for tokens, reads them in one batch, and
 * hands the outcome back.
 */
abstract sealed class Job permits AnswerJob, ScoreJob, ReplayJob {
    private final String caller;
    private final int reservedTokens;
    private final long deadlineNanos;
    private volatile boolean cancelled;
    private boolean ended;
    private boolean spoilt;

    /**
     * @param caller whose turn it takes
     * @param reservedTokens places in the key-value cache that it needs at most
     * @param deadlineNanos by {@link System#nanoTime}
     */
    Job(String caller, int reservedTokens, long deadlineNanos) {
        this.caller = caller;
        this.reservedTokens = reservedTokens;
        this.deadlineNanos = deadlineNanos;
    }

    final String caller() {
        return caller;
    }

    final int reservedTokens() {
        return reservedTokens;
    }

    final long deadlineNanos() {
        return deadlineNanos;
    }

    final boolean expired() {
        return System.nanoTime() - deadlineNanos >= 0;
    }

    /** From any thread. */
    final void cancel() {
        cancelled = true;
    }

    final boolean cancelled() {
        return cancelled;
    }

    final boolean ended() {
        return ended;
    }

    final void end() {
        ended = true;
    }

    /** Notes that its sequence is in no known state. */
    final void spoil() {
        spoilt = true;
    }

    final boolean spoilt() {
        return spoilt;
    }

    /** Whether a step would bring it forward. */
    abstract boolean ready();

    /** Whether it needs a single token in the next step, and so is served before long prompts. */
    abstract boolean decoding();

    /** Gets its sequence, which may hold the beginning of its prompt already. */
    abstract void begin(LlamaContext context, PromptCache cache, int sequence);

    /** Adds at most {@code limit} tokens to the batch, and returns how many. */
    abstract int contribute(TokenBatch batch, int limit);

    /** Takes the outcome of a step to which it contributed. */
    abstract void absorb();

    /** Ends it because its caller or its deadline says so. */
    abstract void stop();

    /** Ends it because the engine failed. */
    abstract void fail(RuntimeException fault);

    /** Leaves what its sequence has read to later requests; called once, after its end, unless that is unknown. */
    void leave(PromptCache cache) {}

    /** Gives back what it holds; called once, after its end. */
    abstract void release();
}
