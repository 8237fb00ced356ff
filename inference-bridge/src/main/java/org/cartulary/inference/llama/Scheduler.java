package org.cartulary.inference.llama;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Refusal;

/**
 * The engine's thread: admits jobs in the order they came while the cache has room for the whole of each, gives every
 * active one its share of each step, and ends what is cancelled or late.
 */
final class Scheduler implements AutoCloseable {
    /** Prompt tokens in a step while answers are being made, so that these keep moving. */
    private static final int SLICE_BESIDE_ANSWERS = 128;

    private static final long LONGEST_WAIT_MILLIS = 200;

    private final LlamaContext context;
    private final EngineSettings settings;
    private final int cacheTokens;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Job> queue = new ArrayDeque<>();
    private final Map<Job, Slot> active = new LinkedHashMap<>();
    private final BitSet sequences = new BitSet();
    private final Speed prefill = new Speed();
    private final Speed decode = new Speed();
    private final Thread thread;

    private final AtomicLong steps = new AtomicLong();
    private volatile boolean runnable;
    private boolean draining;
    private boolean closed;
    private double secondsPerJob = 1;

    private record Slot(int sequence, long beganNanos) {}

    Scheduler(LlamaContext context, EngineSettings settings, int cacheTokens) {
        this.context = context;
        this.settings = settings;
        this.cacheTokens = cacheTokens;
        this.thread = Thread.ofPlatform().name("llama-engine").daemon().start(this::run);
    }

    void submit(Job job) {
        lock.lock();
        try {
            if (draining) {
                throw new InferenceFailed("The chat worker is stopping and takes no more requests.");
            }
            if (queue.size() >= settings.queueLength()) {
                long seconds = Math.max(1, Math.round(secondsPerJob * queue.size() / settings.sequences()));
                throw new InferenceRefused(new Refusal.QueueFull(queue.size(), Duration.ofSeconds(seconds)));
            }
            queue.addLast(job);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void cancel(Job job) {
        lock.lock();
        try {
            job.cancel();
            if (active.size() == 1 && active.containsKey(job)) {
                // Nobody else's work is in the step that runs now.
                context.abort();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    EngineStatus status() {
        lock.lock();
        try {
            return new EngineStatus(
                    steps.get(),
                    runnable || (!queue.isEmpty() && active.isEmpty()),
                    active.size(),
                    queue.size(),
                    prefill.tokensPerSecond(),
                    decode.tokensPerSecond());
        } finally {
            lock.unlock();
        }
    }

    boolean drain(Duration patience) {
        lock.lock();
        try {
            draining = true;
            long left = patience.toNanos();
            while (left > 0 && !(queue.isEmpty() && active.isEmpty())) {
                left = changed.awaitNanos(left);
            }
            return queue.isEmpty() && active.isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            draining = true;
            closed = true;
            queue.forEach(Job::cancel);
            active.keySet().forEach(Job::cancel);
            context.abort();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (prepare()) {
            List<Job> jobs = fill();
            runnable = !jobs.isEmpty();
            if (runnable) {
                step(jobs);
            }
        }
        context.close();
    }

    /** Ends, admits, and waits while there is nothing to do; false when the engine is closed and empty. */
    private boolean prepare() {
        lock.lock();
        try {
            while (!turnOver()) {
                if (closed && active.isEmpty() && queue.isEmpty()) {
                    return false;
                }
                runnable = false;
                // Bounded, because deadlines pass without a signal.
                var _ = changed.await(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
            }
            return true;
        } catch (InterruptedException e) {
            closed = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends what is over, begins what fits, and tells whether any job can go on. */
    private boolean turnOver() {
        retire();
        admit();
        return active.keySet().stream().anyMatch(job -> job.ready() || job.ended());
    }

    private void retire() {
        queue.removeIf(job -> {
            if (job.cancelled() || job.expired()) {
                job.stop();
            }
            return job.ended();
        });
        List<Job> done = new ArrayList<>();
        for (Job job : active.keySet()) {
            if (!job.ended() && (job.cancelled() || job.expired())) {
                job.stop();
            }
            if (job.ended()) {
                done.add(job);
            }
        }
        done.forEach(this::release);
        if (!done.isEmpty()) {
            changed.signalAll();
        }
    }

    private void release(Job job) {
        Slot slot = active.remove(job);
        if (slot != null) {
            sequences.clear(slot.sequence());
            secondsPerJob = 0.8 * secondsPerJob + 0.2 * (System.nanoTime() - slot.beganNanos()) / 1e9;
        }
        job.release();
    }

    private void admit() {
        while (!queue.isEmpty() && active.size() < settings.sequences() && fits(queue.getFirst())) {
            Job job = queue.removeFirst();
            int sequence = sequences.nextClearBit(0);
            sequences.set(sequence);
            active.put(job, new Slot(sequence, System.nanoTime()));
            try {
                job.begin(context, sequence);
            } catch (RuntimeException e) {
                job.fail(e);
            }
        }
    }

    private boolean fits(Job job) {
        boolean lanesFree =
                !(job instanceof ScoreJob) || active.keySet().stream().noneMatch(ScoreJob.class::isInstance);
        int taken = active.keySet().stream().mapToInt(Job::reservedTokens).sum();
        return lanesFree && taken + job.reservedTokens() <= cacheTokens;
    }

    /** Fills the batch: first the answers, a token each, then prompts and texts to score. */
    private List<Job> fill() {
        TokenBatch batch = context.batch();
        batch.clear();
        List<Job> candidates = active.keySet().stream()
                .filter(job -> !job.ended() && job.ready())
                .toList();
        List<Job> contributors = new ArrayList<>();
        for (Job job : candidates) {
            if (job.decoding()) {
                job.contribute(batch, 1);
                contributors.add(job);
            }
        }
        int room = contributors.isEmpty() ? batch.room() : Math.min(batch.room(), SLICE_BESIDE_ANSWERS);
        for (Job job : candidates) {
            if (!contributors.contains(job) && room > 0) {
                int count = job.contribute(batch, room);
                room -= count;
                if (count > 0) {
                    contributors.add(job);
                }
            }
        }
        return contributors;
    }

    private void step(List<Job> jobs) {
        long began = System.nanoTime();
        try {
            if (context.decode()) {
                measure(jobs, System.nanoTime() - began);
                jobs.forEach(Job::absorb);
            } else {
                jobs.forEach(Job::cancel);
            }
        } catch (RuntimeException e) {
            jobs.stream().filter(job -> !job.ended()).forEach(job -> job.fail(e));
        }
        steps.incrementAndGet();
    }

    private void measure(List<Job> jobs, long nanos) {
        int tokens = context.batch().size();
        boolean generating = tokens == jobs.size() && jobs.stream().allMatch(Job::decoding);
        (generating ? decode : prefill).add(tokens, nanos);
    }
}
