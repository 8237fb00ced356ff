package org.cartulary.compliance.evidence;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The thread that writes the files of what the integrator committed, always the latest of it: who waits for a receipt does not
 * wait for it. It begins and ends as the integrator says, who alone mends what it could not do. Thread-safe.
 */
final class Publisher {
    /**
     * From one checkpoint file to the next, unless somebody waits for it: what comes meanwhile shares its tiles and their syncs,
     * which would otherwise slow the database's own.
     */
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Consumer<LogState> done;
    private final Consumer<Throwable> failed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("evidence-publisher").unstarted(this::run);

    // Guarded by the lock. No publication: nothing is to be written.
    private @Nullable Publication publication;
    private @Nullable LogState wanted;
    private long published;
    private long next = System.nanoTime();
    private boolean urged;
    private boolean busy;
    private boolean closing;

    /**
     * Waits to begin.
     *
     * @param done told what the files have now
     * @param failed told why they do not; nothing is written then until the next beginning
     */
    Publisher(Consumer<LogState> done, Consumer<Throwable> failed) {
        this.done = done;
        this.failed = failed;
    }

    void start() {
        thread.start();
    }

    /** From now on what is offered is written here, where everything up to this state is. */
    void begin(Publication where, LogState state) {
        change(() -> {
            publication = where;
            wanted = state;
            published = state.size();
        });
    }

    /** Has this written, and everything before it. */
    void offer(LogState state) {
        change(() -> wanted = state);
    }

    /** Somebody waits for what was offered. */
    void urge() {
        change(() -> urged = true);
    }

    /** Waits until at most so many entries are offered and not written, or writing failed. */
    void awaitBehind(long most) {
        lock.lock();
        try {
            while (publication != null && wanted != null && wanted.size() - published > most) {
                urged = true;
                changed.signalAll();
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nothing is being written once this returns, nor will be before the next beginning. */
    void halt() {
        lock.lock();
        try {
            publication = null;
            changed.signalAll();
            while (busy) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes what was offered, and ends. */
    void close() throws InterruptedException {
        change(() -> closing = true);
        thread.join();
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (publishNext()) {
                // Goes on as long as there is something to come.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed.accept(e);
        }
    }

    private boolean publishNext() throws InterruptedException {
        Publication where;
        LogState state;
        long old;
        lock.lock();
        try {
            while (!isDue()) {
                if (closing) {
                    return false;
                }
                changed.awaitNanos(isWanted() ? next - System.nanoTime() : Long.MAX_VALUE);
            }
            where = Objects.requireNonNull(publication);
            state = Objects.requireNonNull(wanted);
            old = published;
            busy = true;
            urged = false;
        } finally {
            lock.unlock();
        }
        boolean whole = publish(where, old, state);
        change(() -> {
            busy = false;
            next = System.nanoTime() + PAUSE_NANOS;
            if (whole) {
                published = state.size();
            } else {
                publication = null;
            }
        });
        return true;
    }

    private boolean isWanted() {
        return publication != null && wanted != null && wanted.size() > published;
    }

    private boolean isDue() {
        return isWanted() && (urged || closing || next - System.nanoTime() <= 0);
    }

    private boolean publish(Publication where, long old, LogState state) {
        try {
            where.publishAhead(old, state);
            done.accept(state);
            return true;
        } catch (IOException | RuntimeException | Error e) {
            failed.accept(e);
            return false;
        }
    }
}
