package org.cartulary.inference.worker;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Places for requests, counted by caller: a quarter of them is never one caller's. Thread-safe. */
final class Places {
    private final int all;
    private final int ofOne;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private final Map<String, Integer> byCaller = new HashMap<>();
    private int taken;
    private boolean closed;

    /** @param all for all callers together, from 1 */
    Places(int all) {
        this.all = all;
        this.ofOne = Math.max(1, all - all / 4);
    }

    /** Takes a place; false when there is none for this caller. */
    boolean take(String caller) {
        lock.lock();
        try {
            int own = byCaller.getOrDefault(caller, 0);
            if (closed || own >= ofOne || taken >= all) {
                return false;
            }
            byCaller.put(caller, own + 1);
            taken++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Gives back a place that this caller took. */
    void leave(String caller) {
        lock.lock();
        try {
            byCaller.computeIfPresent(caller, (name, own) -> own == 1 ? null : own - 1);
            taken--;
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int taken() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Gives no more places, and waits until all are left; false when the time was over before. */
    boolean close(Duration patience) {
        lock.lock();
        try {
            closed = true;
            long nanos = patience.toNanos();
            while (taken > 0 && nanos > 0) {
                nanos = left.awaitNanos(nanos);
            }
            return taken == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
