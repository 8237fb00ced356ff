package org.cartulary.inference.supervision;

import java.time.Duration;
import org.cartulary.inference.protocol.Message;

/** Tells a worker that works from one that hangs, by its beats. Guarded by its owner's lock. */
final class Watch {
    private final long limitNanos;
    private Message.Beat last = Message.Beat.NONE;
    private long heardNanos = System.nanoTime();
    private long movedNanos = System.nanoTime();

    Watch(Duration limit) {
        this.limitNanos = limit.toNanos();
    }

    void heard(Message.Beat beat) {
        heardNanos = System.nanoTime();
        if (!beat.busy() || beat.progress() != last.progress()) {
            movedNanos = heardNanos;
        }
        last = beat;
    }

    Message.Beat last() {
        return last;
    }

    /** Whether it has been silent, or busy without progress, for too long. */
    boolean hangs() {
        long now = System.nanoTime();
        return now - heardNanos > limitNanos || now - movedNanos > limitNanos;
    }
}
