package org.cartulary.compliance.evidence;

import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How the log stands, told by the integrator and by who watches witnesses, awaited by everybody else. Thread-safe. */
final class LogCondition {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile LogStatus status = new LogStatus(0, 0, 0, Instant.EPOCH, 0, null, true);

    LogStatus status() {
        return status;
    }

    boolean isStoppedForGood() {
        return status.stoppedReason() != null && !status.retries();
    }

    /** The tree of a shard is committed and can be proved, though its files are still to be written. */
    void provable(int shard, LogState state) {
        change(now -> new LogStatus(
                shard,
                state.size(),
                shard == now.shard() ? now.publishedSize() : 0,
                now.checkpointTime(),
                now.pending(),
                now.stoppedReason(),
                now.retries()));
    }

    /** The files have it too; meanwhile more may have become provable. */
    void published(int shard, LogState state) {
        change(now -> new LogStatus(
                shard,
                shard == now.shard() ? Math.max(now.size(), state.size()) : state.size(),
                state.size(),
                state.signedAt(),
                now.pending(),
                now.stoppedReason(),
                now.retries()));
    }

    void pending(long pending) {
        change(now -> new LogStatus(
                now.shard(),
                now.size(),
                now.publishedSize(),
                now.checkpointTime(),
                pending,
                now.stoppedReason(),
                now.retries()));
    }

    /** All is well again, unless it was stopped for good. */
    void run() {
        change(now -> now.retries() ? with(now, null, true) : now);
    }

    /** For good: whatever comes after changes nothing of it, in whichever thread it was already under way. */
    void stop(String reason) {
        change(now -> now.retries() ? with(now, reason, false) : now);
    }

    /** Whether this reason is news. */
    boolean retry(String reason) {
        boolean news = !reason.equals(status.stoppedReason());
        change(now -> now.retries() ? with(now, reason, true) : now);
        return news;
    }

    private static LogStatus with(LogStatus now, @Nullable String reason, boolean retries) {
        return new LogStatus(
                now.shard(), now.size(), now.publishedSize(), now.checkpointTime(), now.pending(), reason, retries);
    }

    /** Reading and setting are one act: the integrator tells how it stands, and who watches witnesses may stop it. */
    private void change(UnaryOperator<LogStatus> next) {
        lock.lock();
        try {
            status = next.apply(status);
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

    /** Waits until the files have what can be proved now; not longer than the patience, nor where the log has stopped. */
    void awaitFiles(long patienceNanos) {
        long left = patienceNanos;
        lock.lock();
        try {
            LogStatus wanted = status;
            while (!status.isPublished(wanted.shard(), wanted.size()) && status.stoppedReason() == null && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until at least {@code size} leaves of a shard can be proved, or it is closed, which is then whole.
     *
     * @return the nanoseconds that are left of the patience
     * @throws EvidenceUnavailable where the log stopped for good or the patience ended
     */
    long awaitSize(int shard, long size, long patienceNanos) {
        long left = patienceNanos;
        lock.lock();
        try {
            while (!status.covers(shard, size - 1)) {
                if (isStoppedForGood()) {
                    requireRunning();
                }
                if (left <= 0) {
                    requireRunning();
                    throw new EvidenceUnavailable(
                            "No checkpoint covers the entry yet; its receipt can be" + " had later by its number");
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
