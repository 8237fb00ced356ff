package org.cartulary.inference.worker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.cartulary.inference.embedding.Lane;
import org.cartulary.inference.embedding.SelfCheck;
import org.cartulary.inference.embedding.SelfCheckFailed;

/**
 * A thread for each lane of a model; each reads one text at a time, what is urgent first. Every so often a thread checks
 * its lane before it reads on. Thread-safe.
 */
final class LanePool {
    private final PriorityBlockingQueue<Task> tasks = new PriorityBlockingQueue<>();
    private final AtomicLong order = new AtomicLong();
    private final AtomicLong progress = new AtomicLong();
    private final AtomicLong tokens = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();
    private final int threads;
    private final SelfCheck check;
    private final long checkNanos;
    private final Consumer<SelfCheckFailed> broken;

    /**
     * @param check that the lanes passed at the start
     * @param every how long a lane may work without being checked again
     * @param broken hears when a lane fails its check; it reads nothing more
     */
    LanePool(List<Lane> lanes, SelfCheck check, Duration every, Consumer<SelfCheckFailed> broken) {
        this.threads = lanes.size();
        this.check = check;
        this.checkNanos = every.toNanos();
        this.broken = broken;
        for (int i = 0; i < threads; i++) {
            Lane lane = lanes.get(i);
            Thread.ofPlatform().name("lane-" + i).daemon().start(() -> work(lane));
        }
    }

    /**
     * Reads all texts and waits for them; the first fault is thrown.
     *
     * @param texts their tokens
     * @param urgent whether they go before those that are not
     * @param wanted run before each text; throws to end the request
     */
    List<float[]> all(List<int[]> texts, boolean urgent, Runnable wanted) {
        List<Task> mine = texts.stream()
                .map(text -> new Task(text, urgent, order.getAndIncrement(), wanted))
                .toList();
        tasks.addAll(mine);
        return mine.stream().map(LanePool::await).toList();
    }

    /** Rises with every text. */
    long progress() {
        return progress.get();
    }

    /** Of all threads together while they work; 0 before the first text. */
    double tokensPerSecond() {
        long spent = nanos.get();
        return spent == 0 ? 0 : tokens.get() * 1e9 / spent * threads;
    }

    private void work(Lane lane) {
        long checked = System.nanoTime();
        try {
            while (true) {
                Task task = tasks.take();
                if (System.nanoTime() - checked > checkNanos) {
                    check.again(lane);
                    checked = System.nanoTime();
                }
                run(task, lane);
            }
        } catch (SelfCheckFailed e) {
            broken.accept(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Task task, Lane lane) {
        try {
            task.wanted.run();
            long began = System.nanoTime();
            float[] output = lane.read(task.text);
            nanos.addAndGet(System.nanoTime() - began);
            tokens.addAndGet(task.text.length);
            progress.incrementAndGet();
            task.result.complete(output);
        } catch (RuntimeException | Error e) {
            task.result.completeExceptionally(e);
        }
    }

    private static float[] await(Task task) {
        try {
            return task.result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new IllegalStateException("Reading a text failed", e);
        }
    }

    private static final class Task implements Comparable<Task> {
        private final int[] text;
        private final boolean urgent;
        private final long number;
        private final Runnable wanted;
        private final CompletableFuture<float[]> result = new CompletableFuture<>();

        Task(int[] text, boolean urgent, long number, Runnable wanted) {
            this.text = text;
            this.urgent = urgent;
            this.number = number;
            this.wanted = wanted;
        }

        @Override
        public int compareTo(Task other) {
            return urgent == other.urgent ? Long.compare(number, other.number) : urgent ? -1 : 1;
        }
    }
}
