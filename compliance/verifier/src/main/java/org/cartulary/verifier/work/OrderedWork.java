package org.cartulary.verifier.work;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Runs numbered pieces of work on several threads and takes their results in the order of the numbers on the caller's
 * thread. Only a small window of pieces is in flight, so that memory does not grow with their number.
 */
public final class OrderedWork implements AutoCloseable {
    private static final int MAX_THREADS = 8;
    private static final int WINDOW_PER_THREAD = 4;

    private final int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MAX_THREADS);
    private final ExecutorService executor = Executors.newFixedThreadPool(threads, task -> {
        Thread thread = new Thread(task, "verify");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Does pieces 0 to {@code count} - 1.
     *
     * @throws RuntimeException the first one, in order, that a piece or the sink threw; the rest is not waited for
     */
    public <T> void run(long count, LongFunction<T> work, Consumer<T> sink) {
        Deque<Future<T>> window = new ArrayDeque<>();
        long next = 0;
        for (long taken = 0; taken < count; taken++) {
            while (next < count && window.size() < threads * WINDOW_PER_THREAD) {
                long piece = next++;
                window.add(executor.submit(() -> work.apply(piece)));
            }
            sink.accept(result(window.remove()));
        }
    }

    /** Begins something that is done beside everything else. */
    public Beside beside(Runnable work) {
        Future<?> future = executor.submit(work);
        return () -> result(future);
    }

    /** Something that was begun. */
    public interface Beside {
        /** Waits for its end. Throws what it threw. */
        void join();
    }

    @Override
    public void close() {
        executor.shutdownNow();
        executor.close(); // waits, so that nothing still reads memory that the caller is about to unmap
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The verification was interrupted; run it again.", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException("A piece of work failed.", e);
            }
        }
    }
}
