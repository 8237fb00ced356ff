package org.cartulary.inference.llama;

/** A queued or running answer. Thread-safe. */
public final class Answer {
    private final Job job;
    private final Scheduler scheduler;

    Answer(Job job, Scheduler scheduler) {
        this.job = job;
        this.scheduler = scheduler;
    }

    /** Ends it soon; its listener hears of the end. */
    public void cancel() {
        scheduler.cancel(job);
    }

    /** Tells that its listener is ready again. */
    public void resume() {
        scheduler.wake();
    }
}
