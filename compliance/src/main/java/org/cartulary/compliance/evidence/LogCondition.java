package org.cartulary.compliance.evidence;

import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** How the log stands, told by the integrator and awaited by everybody else. Thread-safe. */
final class LogCondition {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile LogStatus status = new LogStatus(0, 0, Instant.EPOCH, 0, null, true);

    LogStatus status() {
        return status;
    }

    boolean isStoppedForGood() {
        return status.stoppedReason() != null && !status.retries();
    }

    void committed(long size) {
        LogStatus now = status;
        set(new LogStatus(
                size, now.publishedSize(), now.checkpointTime(), now.pending(), now.stoppedReason(), now.retries()));
    }

    void published(LogState state) {
        LogStatus now = status;
        set(new LogStatus(
                state.size(), state.size(), state.signedAt(), now.pending(), now.stoppedReason(), now.retries()));
    }

    void pending(long pending) {
        LogStatus now = status;
        set(new LogStatus(
                now.size(), now.publishedSize(), now.checkpointTime(), pending, now.stoppedReason(), now.retries()));
    }

    void run() {
        if (status.stoppedReason() != null) {
            reason(null, true);
        }
    }

    void stop(String reason) {
        reason(reason, false);
    }

    /** Whether this reason is news. */
    boolean retry(String reason) {
        boolean news = !reason.equals(status.stoppedReason());
        reason(reason, true);
        return news;
    }

    private void reason(@Nullable String reason, boolean retries) {
        LogStatus now = status;
        set(new LogStatus(now.size(), now.publishedSize(), now.checkpointTime(), now.pending(), reason, retries));
    }

    /** Only the integrator's thread writes, so that reading and setting need not be one act. */
    private void set(LogStatus next) {
        lock.lock();
        try {
            status = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Throws where nothing can be logged now. */
    void requireRunning() {
        String reason = status.stoppedReason();
        if (reason != null) {
            throw new EvidenceUnavailable(reason);
        }
    }

    /**
     * Waits until at least {@code size} leaves are published.
     *
     * @return the nanoseconds that are left of the patience
     * @throws EvidenceUnavailable where the log stopped for good or the patience ended
     */
    long awaitSize(long size, long patienceNanos) {
        long left = patienceNanos;
        lock.lock();
        try {
            while (status.publishedSize() < size) {
                if (isStoppedForGood()) {
                    requireRunning();
                }
                if (left <= 0) {
                    requireRunning();
                    throw new EvidenceUnavailable("No published checkpoint covers the entry yet; its receipt can be"
                            + " had later by its number");
                }
                left = changed.awaitNanos(left);
            }
            return left;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EvidenceUnavailable("Interrupted while waiting for the receipt", e);
        } finally {
            lock.unlock();
        }
    }
}
