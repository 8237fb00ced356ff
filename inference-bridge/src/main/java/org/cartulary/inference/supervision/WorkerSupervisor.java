package org.cartulary.inference.supervision;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.protocol.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one worker running: starts it, waits for its model, kills it when it hangs, and starts it again after a pause
 * that grows while it keeps failing. Thread-safe.
 */
final class WorkerSupervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerSupervisor.class);
    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;

    /** What keeps a model from loading is seldom gone in a moment, and reading a large file costs. */
    private static final long LONGEST_RETRY_MILLIS = 600_000;

    private static final Duration GOOD_RUN = Duration.ofSeconds(60);
    private static final int START_ATTEMPTS = 3;
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final Launch launch;
    private final SocketDirectory sockets;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;

    private WorkerState state = WorkerState.LOADING;
    private @Nullable WorkerProcess process;
    private Message.@Nullable Ready ready;
    private @Nullable String lastFailure;

    /** Why the process that runs now cannot serve, in its own words. */
    private @Nullable String unusable;

    private int restarts;
    private boolean stopping;
    private boolean nothingToDrain;

    WorkerSupervisor(Launch launch, SocketDirectory sockets) {
        this.launch = launch;
        this.sockets = sockets;
        // A platform thread for the whole life: the kernel kills a worker when the thread that started it ends.
        this.thread =
                Thread.ofPlatform().name(launch.name() + "-supervisor").daemon().start(this::run);
    }

    /**
     * The worker that serves now, waiting for it where it is starting.
     *
     * @throws InferenceFailed when it cannot serve, or not within the configured patience
     */
    Serving serving() {
        lock.lock();
        try {
            await(launch.config().times().patience(), Integer.MAX_VALUE);
            if (process == null || ready == null) {
                throw new IllegalStateException("A ready worker without a process");
            }
            return new Serving(process.link(), ready);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InferenceFailed(
                    "The call was interrupted while it waited for the " + launch.name() + " worker.", e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the first time that it serves.
     *
     * @throws InferenceFailed when it cannot, ends again and again, or loads longer than a model may
     */
    void awaitReady() {
        awaitReady(START_ATTEMPTS);
    }

    /** As {@link #awaitReady()}, with so many attempts. */
    void awaitReady(int attempts) {
        lock.lock();
        try {
            await(launch.config().times().load(), attempts);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InferenceFailed("The start of the " + launch.name() + " worker was interrupted.", e);
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private void await(Duration patience, int attempts) throws InterruptedException {
        long left = patience.toNanos();
        while (state != WorkerState.READY) {
            if (state == WorkerState.UNUSABLE || state == WorkerState.STOPPED || left <= 0 || restarts >= attempts) {
                throw new InferenceFailed(notUp());
            }
            left = changed.awaitNanos(left);
        }
    }

    WorkerStatus status() {
        lock.lock();
        try {
            Message.Beat beat =
                    process == null ? Message.Beat.NONE : process.watch().last();
            return new WorkerStatus(
                    launch.role(),
                    state,
                    process == null ? 0 : process.pid(),
                    restarts,
                    lastFailure,
                    ready == null ? null : ready.card(),
                    beat.active(),
                    beat.waiting(),
                    beat.prefillTokensPerSecond(),
                    beat.decodeTokensPerSecond(),
                    beat.promptCache(),
                    process == null ? 0 : ProcessMemory.of(process.pid()),
                    ready == null ? 0 : ready.hashMillis(),
                    ready == null ? 0 : ready.loadMillis());
        } finally {
            lock.unlock();
        }
    }

    Launch launch() {
        return launch;
    }

    /** Why it last ended, or cannot serve. */
    Optional<String> failure() {
        lock.lock();
        try {
            return Optional.ofNullable(lastFailure);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets the calls under way end as if nothing were, then ends the worker. For when no new call can reach it. The
     * worker is not told before: while it drains, it grants no credits to an answer that is read slowly.
     */
    void retire(Duration patience) {
        lock.lock();
        try {
            long end = System.nanoTime() + patience.toNanos();
            while (state == WorkerState.READY
                    && process != null
                    && !process.link().idle()
                    && System.nanoTime() - end < 0) {
                var _ = changed.await(50, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        close();
    }

    /** Lets what runs end for a few seconds, then ends the worker. */
    @Override
    public void close() {
        lock.lock();
        try {
            stopping = true;
            nothingToDrain = process == null || state != WorkerState.READY;
            if (process != null && state == WorkerState.READY) {
                process.link().send(0, new Message.Drain(DRAIN.toMillis()));
            }
            state = WorkerState.STOPPED;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(DRAIN.plusSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long firstRetry = launch.config().times().retry().toMillis();
        long pause = FIRST_PAUSE_MILLIS;
        long retry = firstRetry;
        while (!over()) {
            long began = System.nanoTime();
            String reason = runOnce();
            if (System.nanoTime() - began > GOOD_RUN.toNanos()) {
                pause = FIRST_PAUSE_MILLIS;
                retry = firstRetry;
            }
            switch (failed(reason)) {
                case RESTARTING -> {
                    LOG.warn("The {} worker ended: {}; starting it again in {} ms", launch.name(), reason, pause);
                    rest(pause);
                    pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
                }
                case UNUSABLE -> {
                    LOG.warn("The {} worker cannot load its model; trying again in {} ms", launch.name(), retry);
                    rest(retry);
                    retry = Math.min(LONGEST_RETRY_MILLIS, retry * 2);
                }
                default -> LOG.debug("The {} worker ended: {}", launch.name(), reason);
            }
        }
    }

    /** One process from start to end; returns why it ended. */
    private String runOnce() {
        try (WorkerProcess running = WorkerProcess.start(launch, sockets, this::heard, this::signal)) {
            adopt(running);
            String reason = watch(running);
            // Before the calls under way hear of it, so that those who ask again wait for the next process.
            leaveReady();
            return running.end(reason, over() || saidWhy());
        } catch (IOException | RuntimeException e) {
            LOG.error("The {} worker could not be started", launch.name(), e);
            return "it could not be started (" + e.getMessage() + ")";
        } finally {
            adopt(null);
        }
    }

    /** Waits until the process has ended or must; returns why. */
    private String watch(WorkerProcess running) throws IOException {
        long loadDeadline = System.nanoTime() + launch.config().times().load().toNanos();
        lock.lock();
        try {
            String cause = endOf(running, loadDeadline);
            while (cause == null) {
                var _ = changed.await(200, TimeUnit.MILLISECONDS);
                cause = endOf(running, loadDeadline);
            }
            return cause;
        } catch (InterruptedException e) {
            stopping = true;
            return "its supervisor was interrupted";
        } finally {
            lock.unlock();
        }
    }

    /** Why the process has ended or must; null while it may go on. Under the lock. */
    private @Nullable String endOf(WorkerProcess running, long loadDeadline) {
        InferenceConfig.Times times = launch.config().times();
        long memory = ProcessMemory.of(running.pid());
        if (unusable != null) {
            return unusable;
        }
        if (running.over()) {
            return stopping ? "it was told to stop" : "its process ended";
        }
        if (state != WorkerState.READY && System.nanoTime() - loadDeadline > 0) {
            return "it did not load its model within " + times.load().toSeconds() + " seconds";
        }
        if (state == WorkerState.READY && running.watch().hangs()) {
            return "it made no progress for " + times.hang().toSeconds() + " seconds";
        }
        if (memory > launch.memoryLimitBytes()) {
            return "its memory grew to " + (memory >> 20) + " MiB, and its limit is "
                    + (launch.memoryLimitBytes() >> 20) + " MiB";
        }
        return stopping && (nothingToDrain || running.drainIsOver(DRAIN)) ? "it was told to stop" : null;
    }

    private void heard(WorkerProcess from, Message message) {
        lock.lock();
        try {
            switch (message) {
                case Message.Ready now -> {
                    ready = now;
                    from.watch().heard(Message.Beat.NONE);
                    state = stopping ? state : WorkerState.READY;
                    LOG.info(
                            "The {} worker serves {} on {} (hash checked in {} ms, loaded in {} ms)",
                            launch.name(),
                            now.card().name(),
                            now.card().kernel(),
                            now.hashMillis(),
                            now.loadMillis());
                }
                case Message.Unusable said -> unusable = said.reason();
                case Message.Beat beat -> from.watch().heard(beat);
                default -> LOG.debug("The {} worker says {}", launch.name(), message);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void leaveReady() {
        lock.lock();
        try {
            state = state == WorkerState.READY ? WorkerState.RESTARTING : state;
        } finally {
            lock.unlock();
        }
    }

    private void adopt(@Nullable WorkerProcess running) {
        lock.lock();
        try {
            process = running;
        } finally {
            lock.unlock();
        }
    }

    private boolean over() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the worker told in a sentence why it cannot serve, so that nobody need read its last lines. */
    private boolean saidWhy() {
        lock.lock();
        try {
            return unusable != null;
        } finally {
            lock.unlock();
        }
    }

    /** Notes an end that was not wanted. One that could not load stays so until it has loaded. */
    private WorkerState failed(String reason) {
        lock.lock();
        try {
            if (stopping) {
                return WorkerState.STOPPED;
            }
            lastFailure = reason;
            if (unusable != null) {
                unusable = null;
                state = WorkerState.UNUSABLE;
            } else if (state != WorkerState.UNUSABLE) {
                restarts++;
                state = WorkerState.RESTARTING;
            }
            changed.signalAll();
            return state;
        } finally {
            lock.unlock();
        }
    }

    private void rest(long millis) {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (left > 0 && !stopping) {
                left = changed.awaitNanos(left);
            }
            state = state == WorkerState.RESTARTING ? WorkerState.LOADING : state;
        } catch (InterruptedException e) {
            stopping = true;
        } finally {
            lock.unlock();
        }
    }

    private String notUp() {
        String worker = "The " + launch.name() + " worker ";
        return switch (state) {
            case UNUSABLE -> worker + "cannot serve: " + lastFailure;
            case STOPPED -> worker + "was stopped.";
            default ->
                worker + "is still starting"
                        + (lastFailure == null ? "" : " after it ended (" + lastFailure + ")")
                        + ": try again in a little while.";
        };
    }
}
