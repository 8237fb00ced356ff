package org.cartulary.compliance.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.cartulary.compliance.tlog.Checkpoint;
import org.cartulary.compliance.tlog.CheckpointSigner;
import org.cartulary.compliance.tlog.Frontier;
import org.cartulary.compliance.tlog.TileConflict;
import org.cartulary.compliance.tlog.TreeEnd;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that gives committed entries their places. The database decides by compare-and-swap; from then on they can be
 * proved, and the {@link Publisher} has the files follow. After any failure of either the next turn begins as a start does, by
 * checking what is published against the database.
 */
final class Integrator {
    static final int BATCH = 1024;
    private static final long POLL_MILLIS = 500;

    /** What follows an entry soon, as an answer may its question, is brought in together with it. */
    private static final long GATHER_MILLIS = 20;

    /** Entries that are held until they are in files, at most. */
    private static final long MOST_BEHIND = 16L * BATCH;

    private static final Logger LOG = LoggerFactory.getLogger(Integrator.class);

    private final OpenedLog log;
    private final Succession succession;
    private final Clock clock;
    private final LogCondition condition;
    private final Consumer<Step> reached;
    private final Semaphore work = new Semaphore(0);
    private final Semaphore hurry = new Semaphore(0);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("evidence-integrator").unstarted(this::run);
    private final Publisher publisher = new Publisher(this::published, this::unpublished);
    private volatile boolean closing;

    /** Whether the publisher could not go on. */
    private volatile boolean lost;

    // Confined to the thread, but for the first turn, which the opener runs before it starts the thread. Both or none.
    private @Nullable LogState state;
    private @Nullable TreeEnd end;

    Integrator(OpenedLog log, Succession succession, Clock clock, LogCondition condition, Consumer<Step> reached) {
        this.log = log;
        this.succession = succession;
        this.clock = clock;
        this.condition = condition;
        this.reached = reached;
    }

    /** Recovers, integrates what waits, and starts the thread; a conflict stops it here. */
    void start() {
        publisher.start();
        turn();
        thread.start();
    }

    /** Says that entries were committed, which may wait a moment for others. */
    void wake() {
        work.release();
    }

    /** Says that somebody waits. */
    void hurry() {
        hurry.release();
        work.release();
    }

    /** Somebody waits for the files to have what is committed. */
    void urge() {
        publisher.urge();
    }

    /** Lets the current turn end, and has the files follow it. */
    void close() throws InterruptedException {
        closing = true;
        hurry();
        thread.join();
        publisher.close();
    }

    private void run() {
        while (!closing && !condition.isStoppedForGood()) {
            try {
                boolean woken = work.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS);
                boolean hurried = woken && hurry.tryAcquire(GATHER_MILLIS, TimeUnit.MILLISECONDS);
                work.drainPermits();
                hurry.drainPermits();
                LOG.trace("turn, woken: {}, hurried: {}", woken, hurried);
                turn();
            } catch (InterruptedException e) {
                condition.stop("The integrator was interrupted: restart the appliance");
                Thread.currentThread().interrupt();
            }
        }
    }

    private void turn() {
        try {
            if (lost) {
                lost = false;
                state = null;
                log.writing().directory().forgetAhead(); // what was to be written is made again from the database
            }
            integrateAll();
            if (!lost) {
                condition.run();
            }
        } catch (IOException | RuntimeException | Error e) {
            tell(e);
        }
    }

    private void tell(Throwable failure) {
        switch (failure) {
            case LogConflict conflict -> stop(conflict);
            case TileConflict conflict -> stop(conflict);
            case IOException e -> unwritable(e);
            case UncheckedIOException e -> unwritable(e);
            case JdbiException e ->
                retry("The database refuses the log's work (" + e.getMessage() + "): see that it runs", e);
            default -> stop(failure);
        }
    }

    private void stop(Throwable cause) {
        LOG.error("The evidence log stops", cause);
        condition.stop(String.valueOf(cause.getMessage()));
    }

    private void unwritable(Exception cause) {
        retry("The log directory cannot be read or written (" + cause + "): make room or restore access", cause);
    }

    private void retry(String reason, Exception cause) {
        lost = true;
        if (condition.retry(reason)) {
            LOG.warn("The evidence log waits: {}", reason, cause);
        }
    }

    /** Of the publisher's thread. */
    private void published(LogState upTo) {
        condition.published(log.writing().id(), upTo);
    }

    /** Of the publisher's thread. */
    private void unpublished(Throwable failure) {
        lost = true;
        tell(failure);
    }

    private void integrateAll() throws IOException {
        LogState current = state;
        if (current == null) {
            current = recover();
        }
        current = integrateWaiting(current);
        condition.pending(0);
        if (succession.isDue()) {
            succeed(current);
        }
    }

    /** Has the files follow the database, whatever is there; with the publisher at rest. */
    private LogState recover() throws IOException {
        publisher.halt();
        log.refresh();
        settle();
        verifyClosed();
        OpenedShard shard = log.writing();
        Publication publication = new Publication(shard, reached);
        LogState current = shard.store().load();
        long published = publication.verify(current);
        publication.tidy(current, published, 2L * BATCH);
        if (published < current.size()) {
            publication.publish(published, current);
        }
        end = new TreeEnd(shard.directory(), current.size(), shard.store()::leaves);
        state = current;
        publisher.begin(publication, current);
        condition.published(shard.id(), current);
        return current;
    }

    private LogState integrateWaiting(LogState from) throws IOException {
        LogState current = from;
        for (boolean full = true; full; ) {
            List<PendingEntry> batch = log.writing().store().pending(BATCH);
            full = batch.size() == BATCH;
            condition.pending(full ? log.writing().store().countPending() : batch.size());
            if (!batch.isEmpty()) {
                publisher.awaitBehind(MOST_BEHIND);
                current = commit(current, batch);
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

    private LogState commit(LogState current, List<PendingEntry> batch) throws IOException {
        Frontier grown = current.frontier()
                .plus(batch.stream().map(PendingEntry::leafHash).toList());
        Instant signedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
        CheckpointSigner signer = log.signer();
        String note = signer.note(new Checkpoint(signer.key().name(), grown.size(), grown.root()), signedAt);
        TreeEnd tree = Objects.requireNonNull(end);
        // Unknown until the commit is known: a failure in between must begin by reading the state again.
        state = null;
        if (!log.writing().store().commit(current.size(), batch, grown, note, signedAt)) {
            throw LogConflict.ofIntegrators(current.size());
        }
        reached.accept(Step.COMMITTED);
        LogState committed = new LogState(grown, note, signedAt);
        tree.add(batch.stream().map(PendingEntry::leaf).toList());
        Publication.requireRoot(committed, tree.root());
        condition.provable(log.writing().id(), committed);
        publisher.offer(committed);
        state = committed;
        return committed;
    }
}
