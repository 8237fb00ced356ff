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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's thread: admits jobs by turns of their callers while the cache has room for the whole of each, gives every
 * active one its share of each step, and ends what is cancelled or late.
 */
final class Scheduler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
    private static final long LONGEST_WAIT_MILLIS = 200;

    /** Replays that wait at most; an auditor's tool, not a nurse's. */
    private static final int MAX_REPLAYS = 4;

    /**
     * A replay's step holds all others up and cannot be shortened, or its numbers would change: while there is other
     * work, it gets one step in so many.
     */
    private static final int STEPS_TO_A_REPLAYS = 8;

    private final LlamaContext context;
    private final EngineSettings settings;
    private final int cacheTokens;
    private final PromptCache cache;
    private final StepPlan plan;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final FairQueue queue;
    private final Deque<ReplayJob> replays = new ArrayDeque<>();
    private final Map<Job, Slot> active = new LinkedHashMap<>();
    private final BitSet sequences = new BitSet();
    private final Thread thread;

    private final AtomicLong steps = new AtomicLong();

    /** Steps since a replay had one. */
    private int stepsOfOthers;

    private @Nullable RuntimeException fault;
    private volatile boolean runnable;
    private boolean draining;
    private boolean closed;
    private double secondsPerJob = 1;

    private record Slot(int sequence, long beganNanos) {}

    /** @param cache over sequences beyond those of active jobs */
    Scheduler(LlamaContext context, EngineSettings settings, int cacheTokens, PromptCache cache) {
        this.context = context;
        this.settings = settings;
        this.cacheTokens = cacheTokens;
        this.cache = cache;
        this.queue = new FairQueue(settings.queueLength());
        this.plan = new StepPlan();
        cache.limit(cacheTokens);
        this.thread = Thread.ofPlatform().name("llama-engine").daemon().start(this::run);
    }

    void submit(Job job) {
        lock.lock();
        try {
            if (fault != null) {
                throw new InferenceFailed("The chat worker's engine has failed and is being replaced.", fault);
            }
            if (draining) {
                throw new InferenceFailed("The chat worker is stopping and takes no more requests.");
            }
            if (job instanceof ReplayJob replay) {
                requireTaken(offer(replay), replays.size(), secondsPerJob * replays.size());
            } else {
                requireTaken(queue.offer(job), queue.size(), secondsPerJob * queue.size() / settings.sequences());
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void requireTaken(boolean taken, int waiting, double seconds) {
        if (!taken) {
            throw new InferenceRefused(
                    new Refusal.QueueFull(waiting, Duration.ofSeconds(Math.max(1, Math.round(seconds)))));
        }
    }

    private boolean offer(ReplayJob job) {
        return replays.size() < MAX_REPLAYS && replays.add(job);
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
                    runnable || (!queue.isEmpty() && active.isEmpty()) || !replays.isEmpty(),
                    fault,
                    active.size(),
                    queue.size(),
                    plan.prefillSpeed(),
                    plan.decodeSpeed(),
                    cache.status());
        } finally {
            lock.unlock();
        }
    }

    boolean drain(Duration patience) {
        lock.lock();
        try {
            draining = true;
            long left = patience.toNanos();
            while (left > 0 && !idle()) {
                left = changed.awaitNanos(left);
            }
            return idle();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean idle() {
        return queue.isEmpty() && active.isEmpty() && replays.isEmpty();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            draining = true;
            closed = true;
            queue.forEach(Job::cancel);
            active.keySet().forEach(Job::cancel);
            replays.forEach(Job::cancel);
            if (fault == null) {
                context.abort();
            }
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
        try {
            while (prepare()) {
                List<Job> jobs = plan.fill(context.batch(), candidates());
                ReplayJob replay = replay();
                runnable = !jobs.isEmpty() || replay != null;
                if (!jobs.isEmpty()) {
                    step(jobs);
                }
                if (replay != null && (jobs.isEmpty() || ++stepsOfOthers >= STEPS_TO_A_REPLAYS)) {
                    stepsOfOthers = 0;
                    replay.step();
                    steps.incrementAndGet();
                }
            }
        } catch (RuntimeException e) {
            giveUp(e);
        } finally {
            context.close();
        }
    }

    /** After a fault that is no job's own nothing is known of the context: every job hears it, and no more are taken. */
    private void giveUp(RuntimeException cause) {
        lock.lock();
        try {
            fault = cause;
            runnable = false;
            List<Job> lost = new ArrayList<>(active.keySet());
            queue.forEach(lost::add);
            lost.addAll(replays);
            queue.removeIf(job -> true);
            active.clear();
            replays.clear();
            for (Job job : lost) {
                failed(job, cause);
                job.release();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends, admits, and waits while there is nothing to do; false when the engine is closed and empty. */
    private boolean prepare() {
        lock.lock();
        try {
            while (!turnOver()) {
                if (closed && idle()) {
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
        return !replays.isEmpty() || active.keySet().stream().anyMatch(job -> job.ready() || job.ended());
    }

    private void retire() {
        queue.removeIf(this::over);
        List<Job> done = active.keySet().stream().filter(this::over).toList();
        done.forEach(this::release);
        List<ReplayJob> replayed = replays.stream().filter(this::over).toList();
        replayed.forEach(ReplayJob::release);
        replays.removeAll(replayed);
        if (!done.isEmpty() || !replayed.isEmpty()) {
            changed.signalAll();
        }
    }

    /** Whether a job has ended; one that is cancelled or late ends now. */
    private boolean over(Job job) {
        if (!job.ended() && (job.cancelled() || job.expired())) {
            try {
                job.stop();
            } catch (RuntimeException e) {
                failed(job, e);
            }
        }
        return job.ended();
    }

    private void release(Job job) {
        Slot slot = active.remove(job);
        if (slot != null) {
            cache.limit(freeTokens());
            if (!job.spoilt()) {
                job.leave(cache);
            }
            context.forget(slot.sequence(), 0);
            sequences.clear(slot.sequence());
            secondsPerJob = 0.8 * secondsPerJob + 0.2 * (System.nanoTime() - slot.beganNanos()) / 1e9;
        }
        job.release();
    }

    private void admit() {
        Job next = queue.peek();
        while (next != null && active.size() < settings.sequences() && fits(next)) {
            queue.remove();
            begin(next);
            next = queue.peek();
        }
    }

    private void begin(Job job) {
        int sequence = sequences.nextClearBit(0);
        sequences.set(sequence);
        active.put(job, new Slot(sequence, System.nanoTime()));
        try {
            job.begin(context, cache, sequence);
        } catch (RuntimeException e) {
            failed(job, e);
        }
        // After it has taken over what was kept of its prompt, which stays with it even when it is dropped now.
        cache.limit(freeTokens());
    }

    private int freeTokens() {
        return cacheTokens
                - active.keySet().stream().mapToInt(Job::reservedTokens).sum();
    }

    private boolean fits(Job job) {
        boolean lanesFree =
                !(job instanceof ScoreJob) || active.keySet().stream().noneMatch(ScoreJob.class::isInstance);
        return lanesFree && job.reservedTokens() <= freeTokens();
    }

    private List<Job> candidates() {
        return active.keySet().stream()
                .filter(job -> !job.ended() && job.ready())
                .toList();
    }

    private @Nullable ReplayJob replay() {
        lock.lock();
        try {
            return replays.peekFirst();
        } finally {
            lock.unlock();
        }
    }

    private void step(List<Job> jobs) {
        long began = System.nanoTime();
        try {
            if (context.decode()) {
                plan.measure(context.batch().size(), System.nanoTime() - began);
                jobs.forEach(this::absorb);
            } else {
                jobs.forEach(Job::spoil);
                jobs.forEach(Job::cancel);
            }
        } catch (RuntimeException e) {
            jobs.stream().filter(job -> !job.ended()).forEach(job -> failed(job, e));
        }
        steps.incrementAndGet();
    }

    /** One job's fault is not the others'. */
    private void absorb(Job job) {
        try {
            job.absorb();
        } catch (RuntimeException e) {
            failed(job, e);
        }
    }

    /** Tells a job of a fault. Its listener may have one too, which must not become the others'. */
    private static void failed(Job job, RuntimeException cause) {
        try {
            job.fail(cause);
        } catch (RuntimeException e) {
            job.spoil();
            job.end();
            LOG.error("A job could not be told of its fault", e);
        }
    }
}
