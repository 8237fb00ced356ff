package org.cartulary.compliance.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.cartulary.compliance.tlog.Checkpoint;
import org.cartulary.compliance.tlog.CheckpointSigner;
import org.cartulary.compliance.tlog.Frontier;
import org.cartulary.compliance.tlog.TileConflict;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that gives committed entries their places and publishes the tree. The database decides by
 * compare-and-swap; files follow it. After any failure the next turn begins as a start does, by checking what is
 * published against the database.
 */
final class Integrator {
    static final int BATCH = 1024;
    private static final long POLL_MILLIS = 500;
    private static final Logger LOG = LoggerFactory.getLogger(Integrator.class);

    private final OpenedLog log;
    private final Succession succession;
    private final Clock clock;
    private final LogCondition condition;
    private final Consumer<Step> reached;
    private final Semaphore work = new Semaphore(0);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("evidence-integrator").unstarted(this::run);
    private volatile boolean closing;

    // Confined to the thread, but for the first turn, which the opener runs before it starts the thread.
    private @Nullable LogState state;
    private long publishedSize;

    Integrator(OpenedLog log, Succession succession, Clock clock, LogCondition condition, Consumer<Step> reached) {
        this.log = log;
        this.succession = succession;
        this.clock = clock;
        this.condition = condition;
        this.reached = reached;
    }

    /** Recovers, integrates what waits, and starts the thread; a conflict stops it here. */
    void start() {
        turn();
        thread.start();
    }

    /** Says that entries were committed. */
    void wake() {
        work.release();
    }

    /** Lets the current turn end and stops the thread. */
    void close() throws InterruptedException {
        closing = true;
        wake();
        thread.join();
    }

    private void run() {
        while (!closing && !condition.isStoppedForGood()) {
            try {
                boolean woken = work.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS);
                work.drainPermits();
                LOG.trace("turn, woken: {}", woken);
                turn();
            } catch (InterruptedException e) {
                condition.stop("The integrator was interrupted: restart the appliance");
                Thread.currentThread().interrupt();
            }
        }
    }

    private void turn() {
        try {
            integrateAll();
            condition.run();
        } catch (LogConflict | TileConflict e) {
            fail(e);
        } catch (IOException | UncheckedIOException e) {
            retry("The log directory cannot be read or written (" + e + "): make room or restore access", e);
        } catch (JdbiException e) {
            retry("The database refuses the log's work (" + e.getMessage() + "): see that it runs", e);
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void fail(Throwable cause) {
        LOG.error("The evidence log stops", cause);
        condition.stop(String.valueOf(cause.getMessage()));
    }

    private void retry(String reason, Exception cause) {
        state = null;
        if (condition.retry(reason)) {
            LOG.warn("The evidence log waits: {}", reason, cause);
        }
    }

    private void integrateAll() throws IOException {
        LogState current = state;
        if (current == null) {
            log.refresh();
            settle();
            verifyClosed();
            current = log.writing().store().load();
            publishedSize = publication().verify(current);
            publication().tidy(current, publishedSize, 2L * BATCH);
        }
        publish(current);
        current = integrateWaiting(current);
        condition.pending(0);
        if (succession.isDue()) {
            succeed(current);
        }
    }

    private LogState integrateWaiting(LogState from) throws IOException {
        LogState current = from;
        for (boolean full = true; full; ) {
            List<PendingEntry> batch = log.writing().store().pending(BATCH);
            full = batch.size() == BATCH;
            condition.pending(full ? log.writing().store().countPending() : batch.size());
            if (!batch.isEmpty()) {
                current = commit(current, batch);
                publish(current);
            }
        }
        return current;
    }

    private void succeed(LogState current) throws IOException {
        boolean done = succession.attempt(() -> {
            LogState last = integrateWaiting(current);
            // Unknown until it is known whether the next shard is open.
            state = null;
            return last;
        });
        if (done) {
            reached.accept(Step.SHARD_CLOSED);
            integrateAll();
        }
    }

    /** Publishes the end of a shard that was closed, and moves it where closed ones lie, to make room for the open one. */
    private void settle() throws IOException {
        Optional<OpenedShard> unsettled = log.unsettled();
        if (unsettled.isPresent()) {
            OpenedShard closed = unsettled.get();
            Path own = log.own(closed);
            if (!Files.exists(own)) {
                Publication last = new Publication(closed, reached);
                LogState end = closed.store().load();
                last.publish(last.verify(end), end);
                reached.accept(Step.SHARD_PUBLISHED);
            }
            closed.directory().moveTo(own);
            reached.accept(Step.SHARD_MOVED);
        }
        log.publishKeys();
        log.show();
    }

    /** What is closed is whole and unchanged, and nothing that witnesses signed of it is missing. */
    private void verifyClosed() throws IOException {
        for (OpenedShard closed : log.closed()) {
            LogState end = closed.store().load();
            long published = new Publication(closed, reached).verify(end);
            if (published != end.size()) {
                throw new LogConflict("The closed shard " + closed.shard().name() + " is published up to entry "
                        + published + " but ended at " + end.size() + ": put its directory back from its backup");
            }
        }
    }

    private Publication publication() {
        return new Publication(log.writing(), reached);
    }

    private LogState commit(LogState current, List<PendingEntry> batch) {
        Frontier grown = current.frontier()
                .plus(batch.stream().map(PendingEntry::leafHash).toList());
        Instant signedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
        CheckpointSigner signer = log.signer();
        String note = signer.note(new Checkpoint(signer.key().name(), grown.size(), grown.root()), signedAt);
        // Unknown until the commit is known: a failure in between must begin by reading the state again.
        state = null;
        if (!log.writing().store().commit(current.size(), batch, grown, note, signedAt)) {
            throw LogConflict.ofIntegrators(current.size());
        }
        reached.accept(Step.COMMITTED);
        return new LogState(grown, note, signedAt);
    }

    private void publish(LogState current) throws IOException {
        condition.committed(current.size());
        if (publishedSize < current.size()) {
            publication().publish(publishedSize, current);
            publishedSize = current.size();
        }
        state = current;
        condition.published(log.writing().id(), current);
    }
}
