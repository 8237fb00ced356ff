package org.cartulary.appliance.asking;

import java.util.concurrent.CompletableFuture;

/** Who asks, as far as turns go, and whether he still waits. Work that takes long looks here, or is told. Thread-safe. */
public final class Presence {
    private final String caller;
    private final CompletableFuture<Void> left = new CompletableFuture<>();

    /** @param caller whose turn his work takes; what one caller had read is not reused for another */
    public Presence(String caller) {
        this.caller = caller;
    }

    /** Whose turn the work takes. */
    public String caller() {
        return caller;
    }

    /** Nobody waits any more; says so to whatever listens. May be called again. */
    public void leave() {
        left.complete(null);
    }

    /** Whether nobody waits any more. */
    public boolean hasLeft() {
        return left.isDone();
    }

    /**
     * Goes on only where somebody waits.
     *
     * @throws QuestionCancelled when nobody does any more
     */
    public void require() {
        if (hasLeft()) {
            throw new QuestionCancelled();
        }
    }

    /** Runs something once nobody waits any more, at once where that is so already; on a thread of its own, as it may block. */
    public void onLeave(Runnable action) {
        var _ = left.thenRunAsync(action, task -> Thread.ofVirtual().start(task));
    }
}
