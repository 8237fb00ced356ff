package org.cartulary.inference.llama;

/**
 * A request on the engine's thread. Each step of the engine asks every job for tokens, reads them in one batch, and
 * hands the outcome back.
 */
abstract sealed class Job permits AnswerJob, ScoreJob {
    private final int reservedTokens;
    private final long deadlineNanos;
    private volatile boolean cancelled;
    private boolean ended;

    /**
     * @param reservedTokens places in the key-value cache that it needs at most
     * @param deadlineNanos by {@link System#nanoTime}
     */
    Job(int reservedTokens, long deadlineNanos) {
        this.reservedTokens = reservedTokens;
        this.deadlineNanos = deadlineNanos;
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

    /** Whether a step would bring it forward. */
    abstract boolean ready();

    /** Whether it needs a single token in the next step, and so is served before long prompts. */
    abstract boolean decoding();

    /** Gets its sequence. */
    abstract void begin(LlamaContext context, int sequence);

    /** Adds at most {@code limit} tokens to the batch, and returns how many. */
    abstract int contribute(TokenBatch batch, int limit);

    /** Takes the outcome of a step to which it contributed. */
    abstract void absorb();

    /** Ends it because its caller or its deadline says so. */
    abstract void stop();

    /** Ends it because the engine failed. */
    abstract void fail(RuntimeException fault);

    /** Gives back what it holds; called once, after its end. */
    abstract void release();
}
