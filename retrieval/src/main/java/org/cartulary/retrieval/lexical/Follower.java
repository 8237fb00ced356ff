package org.cartulary.retrieval.lexical;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.search.SearcherManager;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that keeps Lucene behind PostgreSQL by as little as possible. Writers and questions wake it; it also looks
 * by itself, because another process may have written. A fault is logged and tried again; after a fault of Lucene the
 * index is opened anew, and made again where it suffered.
 */
final class Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final long LOOK_AGAIN_NANOS = 1_000_000_000;

    private final Jdbi jdbi;
    private final IndexFiles files;
    private final PassageSource source;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final Condition progressed = lock.newCondition();
    private final Thread thread;
    private volatile OpenIndex index;
    private volatile String state = "following";
    private boolean awake = true;
    private boolean closing;

    private Follower(Jdbi jdbi, IndexFiles files, PassageSource source, OpenIndex index) {
        this.jdbi = jdbi;
        this.files = files;
        this.source = source;
        this.index = index;
        this.thread = Thread.ofPlatform().name("lexical-index").daemon().unstarted(this::run);
    }

    static Follower start(Jdbi jdbi, IndexFiles files, PassageSource source) {
        try {
            Follower follower = new Follower(jdbi, files, source, OpenIndex.open(jdbi, files, source));
            follower.thread.start();
            return follower;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The lexical index can be neither opened nor made: check owner and space", e);
        }
    }

    SearcherManager searchers() {
        return index.searchers();
    }

    long applied() {
        return index.applied();
    }

    void wake() {
        lock.lock();
        try {
            awake = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    void await(long change, Duration patience) {
        if (index.applied() >= change) {
            return;
        }
        wake();
        long left = patience.toNanos();
        lock.lock();
        try {
            while (index.applied() < change) {
                if (left <= 0 || closing) {
                    throw new IndexBehind(index.applied(), change, patience, closing ? "closing" : state);
                }
                left = progressed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IndexBehind(index.applied(), change, patience, "interrupted");
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closing = true;
            woken.signal();
            progressed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        index.close();
    }

    private void run() {
        while (waitForWork()) {
            try {
                follow();
                state = "following";
            } catch (IOException | RuntimeException e) {
                state = "last fault: " + e.getMessage();
                LOG.error("The lexical index could not follow and tries again", e);
                reopenIfBroken();
            }
        }
    }

    private boolean waitForWork() {
        lock.lock();
        try {
            long left = LOOK_AGAIN_NANOS;
            while (!awake && !closing && left > 0) {
                left = woken.awaitNanos(left);
            }
            awake = false;
            return !closing;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void follow() throws IOException {
        boolean more = true;
        while (more) {
            more = index.applyNext();
            signalProgress();
        }
        index.commitIfDue();
    }

    private void signalProgress() {
        lock.lock();
        try {
            progressed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A fault of PostgreSQL leaves Lucene whole; a fault of Lucene, such as a full disk, closes its writer. */
    private void reopenIfBroken() {
        if (index.isOpen()) {
            return;
        }
        try {
            index.close();
        } catch (RuntimeException e) {
            LOG.warn("The faulty lexical index could not be closed in order", e);
        }
        try {
            index = OpenIndex.open(jdbi, files, source);
        } catch (IOException | RuntimeException e) {
            // The closed index stays in place: questions fail with a clear fault until a later round succeeds.
            LOG.error("The lexical index could not be opened anew", e);
        }
    }
}
