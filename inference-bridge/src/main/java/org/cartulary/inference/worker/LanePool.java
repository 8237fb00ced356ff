package org.cartulary.inference.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.cartulary.inference.embedding.Lane;
import org.cartulary.inference.embedding.SelfCheck;

/**
 * A thread for each lane of a model; each reads one text at a time, what is urgent first, and else by turns of the callers
 * (start-time fair queueing: a caller's next text stands as much later as his last one is long). Every so often a thread
 * checks its lane before it reads on. Thread-safe.
 */
final class LanePool {
    private final PriorityBlockingQueue<Task> tasks = new PriorityBlockingQueue<>();
    private final AtomicLong order = new AtomicLong();

    /** Where the text that was taken last stands, in tokens of fair shares. */
    private final AtomicLong virtualTime = new AtomicLong();

    /** Where each caller's next text stands, for those who are ahead of {@link #virtualTime}. */
    private final Map<String, Long> ahead = new HashMap<>();

    private final AtomicLong progress = new AtomicLong();
    private final AtomicLong tokens = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();
    private final int threads;
    private final SelfCheck check;
    private final long checkNanos;
    private final Consumer<RuntimeException> broken;

    /**
     * @param check that the lanes passed at the start
     * @param every how long a lane may work without being checked again
     * @param broken hears why a lane failed its check or could not be checked; the lane reads nothing more
     */
    LanePool(List<Lane> lanes, SelfCheck check, Duration every, Consumer<RuntimeException> broken) {
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
     * @param wanted run before each text; throws to end the request
     */
    List<float[]> all(List<int[]> texts, Turn turn, Runnable wanted) {
        List<Task> mine = inLine(texts, turn, wanted);
        tasks.addAll(mine);
        return mine.stream().map(LanePool::await).toList();
    }

    private List<Task> inLine(List<int[]> texts, Turn turn, Runnable wanted) {
        synchronized (ahead) {
            long now = virtualTime.get();
            long place = Math.max(now, ahead.getOrDefault(turn.caller(), now));
            List<Task> line = new ArrayList<>();
            for (int[] text : texts) {
                line.add(new Task(text, turn.urgent(), place, order.getAndIncrement(), wanted));
                place += text.length;
            }
            ahead.put(turn.caller(), place);
            ahead.values().removeIf(next -> next <= now);
            return line;
        }
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
                virtualTime.accumulateAndGet(task.place, Math::max);
                if (System.nanoTime() - checked > checkNanos) {
                    if (!passes(lane, task)) {
                        return;
                    }
                    checked = System.nanoTime();
                }
                run(task, lane);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** NaN or an engine's fault say the same as another vector: what this lane would answer is wrong. */
    private boolean passes(Lane lane, Task task) {
        try {
            check.again(lane);
            return true;
        } catch (RuntimeException e) {
            task.result.completeExceptionally(e);
            broken.accept(e);
            return false;
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
        private final long place;
        private final long number;
        private final Runnable wanted;
        private final CompletableFuture<float[]> result = new CompletableFuture<>();

        Task(int[] text, boolean urgent, long place, long number, Runnable wanted) {
            this.text = text;
            this.urgent = urgent;
            this.place = place;
            this.number = number;
            this.wanted = wanted;
        }

        @Override
        public int compareTo(Task other) {
            if (urgent != other.urgent) {
                return urgent ? -1 : 1;
            }
            return place == other.place ? Long.compare(number, other.number) : Long.compare(place, other.place);
        }
    }
}
