package org.cartulary.retrieval.search;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that a thread of its own does meanwhile. Started and awaited by one thread; closing it waits too, so that nothing goes
 * on behind a search that failed.
 */
final class Alongside<T> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Alongside.class);

    private final FutureTask<T> task;

    private Alongside(FutureTask<T> task) {
        this.task = task;
    }

    static <T> Alongside<T> start(Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        Thread.ofVirtual().name("search-by-words").start(task);
        return new Alongside<>(task);
    }

    /** Waits for it; a fault of the work is thrown as it was thrown there. */
    T result() {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new IllegalStateException("A part of a search failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("The search was interrupted").initCause(e);
        }
    }

    /** Waits for the end of it, whatever that is, and through interruptions: the index it reads is not to be closed before. */
    @Override
    public void close() {
        boolean interrupted = false;
        while (!task.isDone()) {
            try {
                task.get();
            } catch (ExecutionException e) {
                LOG.debug("A part of a search that failed failed too", e);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
