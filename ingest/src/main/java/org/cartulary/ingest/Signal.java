package org.cartulary.ingest;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes threads of this process when a job is added or moves. Only a hint: whoever is woken looks at the table, and looks
 * now and then without being woken.
 */
final class Signal {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition raised = lock.newCondition();
    private long count;

    long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    void raise() {
        lock.lock();
        try {
            count++;
            raised.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it was raised after {@code seen}, at most so long. */
    void await(long seen, Duration patience) throws InterruptedException {
        long nanos = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (count == seen && nanos > 0) {
                nanos = raised.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    static Duration least(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    static Duration until(long deadlineNanos) {
        return Duration.of(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS.toChronoUnit());
    }
}
