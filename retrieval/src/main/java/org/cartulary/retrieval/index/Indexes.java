package org.cartulary.retrieval.index;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.cartulary.inference.Embedder;
import org.cartulary.retrieval.generation.Generation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index that is used now. Who has begun with one ends with it, also when another takes its place meanwhile; it is closed
 * when the last has ended. Thread-safe.
 */
public final class Indexes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Indexes.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition quiet = lock.newCondition();
    private final Condition closed = lock.newCondition();
    private final List<Thread> closing = new ArrayList<>();
    private final ScopedValue<Use> held = ScopedValue.newInstance();
    private Use current;
    private int searches;
    private int leaving;

    public Indexes(Index first) {
        this.current = new Use(first);
    }

    /** An index and how many use it. Guarded by the lock. */
    private static final class Use {
        private final Index index;
        private int users;
        private boolean left;

        Use(Index index) {
            this.index = index;
        }
    }

    /** The make of the index that is used now. */
    public Generation generation() {
        lock.lock();
        try {
            return current.index.generation();
        } finally {
            lock.unlock();
        }
    }

    /** Does something with the index that is used now. */
    public <T> T with(Function<Index, T> work) {
        Use use = begin();
        try {
            return work.apply(use.index);
        } finally {
            end(use);
        }
    }

    /**
     * Does something that uses the index more than once: every use of this thread's until then is of the index that is used
     * now, also when another takes its place meanwhile.
     */
    public <T> T holding(Supplier<T> work) {
        Use use = begin();
        try {
            return ScopedValue.where(held, use).call(work::get);
        } finally {
            end(use);
        }
    }

    /** The embedder of the index that is used at each call. */
    public Embedder embedder() {
        return new IndexEmbedder(this, embedder -> embedder);
    }

    /** As {@link #with}, for a question that somebody waits for: whatever can wait stands back. */
    public <T> T searching(Function<Index, T> work) {
        count(1);
        try {
            return with(work);
        } finally {
            count(-1);
        }
    }

    /** Waits until no question is under way, at most so long. */
    public void awaitQuiet(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (searches > 0 && left > 0) {
                left = quiet.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Turns to another index.
     *
     * @param change makes the other one the active one; where it throws, the old one stays. It is handed what it calls when
     *     nothing but the commit is left to do: from there on nobody begins anything, so that none begins with the old one
     *     after the commit
     */
    public void turnTo(Index next, Consumer<Runnable> change) {
        try {
            change.accept(lock::lock);
            lock.lock();
            try {
                Use before = current;
                current = new Use(next);
                before.left = true;
                leaving++;
                closeIfUnused(before);
            } finally {
                lock.unlock();
            }
        } finally {
            while (lock.isHeldByCurrentThread()) {
                lock.unlock();
            }
        }
    }

    /**
     * Waits until the files of every index that was left are closed and gone, at most so long.
     *
     * @return false where somebody still searches one
     */
    public boolean awaitClosed(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (leaving > 0 && left > 0) {
                left = closed.awaitNanos(left);
            }
            return leaving == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Closes the index that is used, and waits for those that are being closed. */
    @Override
    public void close() {
        List<Thread> ending;
        lock.lock();
        try {
            ending = List.copyOf(closing);
        } finally {
            lock.unlock();
        }
        current.index.close();
        try {
            for (Thread thread : ending) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Use begin() {
        lock.lock();
        try {
            Use use = held.orElse(current);
            use.users++;
            return use;
        } finally {
            lock.unlock();
        }
    }

    private void end(Use use) {
        lock.lock();
        try {
            use.users--;
            closeIfUnused(use);
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. Ending a worker takes a while, for which no question need wait. */
    private void closeIfUnused(Use use) {
        if (use.left && use.users == 0) {
            closing.removeIf(thread -> !thread.isAlive());
            closing.add(Thread.ofPlatform().name("index-close").daemon().start(() -> close(use.index)));
        }
    }

    private void close(Index index) {
        try {
            index.leaveFiles();
        } catch (RuntimeException e) {
            LOG.error(
                    "The files of {} could not be closed and removed",
                    index.generation().name(),
                    e);
        } finally {
            lock.lock();
            try {
                leaving--;
                closed.signalAll();
            } finally {
                lock.unlock();
            }
        }
        index.endEmbedder();
    }

    private void count(int change) {
        lock.lock();
        try {
            searches += change;
            quiet.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
