package org.cartulary.inference.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.cartulary.inference.Embedder;

/** The threads that embed, one text each at a time; queries go before passages. Thread-safe. */
final class TextPool {
    private final AtomicLong order = new AtomicLong();
    private final AtomicLong tokens = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();
    private final int threads;
    private final ThreadPoolExecutor executor;

    TextPool(int threads) {
        this.threads = threads;
        this.executor = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new PriorityBlockingQueue<>(),
                Thread.ofPlatform().name("embed-", 0).daemon().factory());
    }

    /** Embeds all texts and waits for them; the first fault is thrown. */
    List<float[]> all(List<long[]> texts, Embedder.Input input, Function<long[], float[]> embed) {
        List<Task> tasks = new ArrayList<>();
        for (long[] ids : texts) {
            Task task = new Task(input, order.getAndIncrement(), () -> timed(ids, embed));
            tasks.add(task);
            executor.execute(task);
        }
        return tasks.stream().map(Task::await).toList();
    }

    /** Of all threads together while they work; 0 before the first text. */
    double tokensPerSecond() {
        long spent = nanos.get();
        return spent == 0 ? 0 : tokens.get() * 1e9 / spent * threads;
    }

    private float[] timed(long[] ids, Function<long[], float[]> embed) {
        long began = System.nanoTime();
        float[] vector = embed.apply(ids);
        nanos.addAndGet(System.nanoTime() - began);
        tokens.addAndGet(ids.length);
        return vector;
    }

    private static final class Task extends FutureTask<float[]> implements Comparable<Task> {
        private final Embedder.Input input;
        private final long number;

        Task(Embedder.Input input, long number, java.util.concurrent.Callable<float[]> work) {
            super(work);
            this.input = input;
            this.number = number;
        }

        float[] await() {
            try {
                return get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException fault) {
                    throw fault;
                }
                throw new IllegalStateException("Embedding failed", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Embedding was interrupted", e);
            }
        }

        @Override
        public int compareTo(Task other) {
            int byInput = input.compareTo(other.input);
            return byInput != 0 ? byInput : Long.compare(number, other.number);
        }
    }
}
