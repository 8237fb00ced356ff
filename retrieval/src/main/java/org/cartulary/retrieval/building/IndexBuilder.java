package org.cartulary.retrieval.building;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.ModelCard;
import org.cartulary.retrieval.catalog.Catalog;
import org.cartulary.retrieval.catalog.DocumentWriter;
import org.cartulary.retrieval.generation.Generation;
import org.cartulary.retrieval.generation.GenerationRow;
import org.cartulary.retrieval.generation.GenerationState;
import org.cartulary.retrieval.generation.Generations;
import org.cartulary.retrieval.generation.Leftovers;
import org.cartulary.retrieval.index.Embedders;
import org.cartulary.retrieval.index.Index;
import org.cartulary.retrieval.index.IndexRefused;
import org.cartulary.retrieval.index.Indexes;
import org.cartulary.retrieval.lexical.LexicalIndex;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an index beside the one that is searched, and lets searches go over to it and back. A thread of its own does the
 * work, a few passages at a time while no question is under way, and then keeps to what is written; after a kill it goes on
 * where it was. Writers know nothing of it: a document that is written, replaced or deleted while an index is made is simply
 * one that this index lacks, or has no more. Thread-safe.
 */
public final class IndexBuilder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IndexBuilder.class);

    /** A question that comes while a few passages are embedded waits for those; the next few wait for it, so long. */
    private static final Duration QUIET_PATIENCE = Duration.ofSeconds(2);

    private static final Duration LEAVING_PATIENCE = Duration.ofSeconds(10);
    private static final long LOOK_AGAIN_NANOS = 1_000_000_000;
    private static final long TRY_AGAIN_NANOS = 30_000_000_000L;
    private static final long CLOSE_SECONDS = 30;

    /** An index of before that lacks more is filled in the background. */
    private static final long MOST_AT_SWITCH = 2_000;

    private final Foundation on;
    private final Generations generations;
    private final IndexEvidence evidence;
    private final IndexDifferences differences;
    private final IndexSwitch switching;
    private final IndexDrop dropping;
    private final IndexRows rows;
    private final Leftovers leftovers;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition woken = lock.newCondition();
    private final Condition progressed = lock.newCondition();
    private final Thread thread =
            Thread.ofPlatform().name("index-builder").daemon().unstarted(this::run);
    private @Nullable Candidate candidate;
    private CandidateWork work;
    private boolean awake;
    private volatile boolean closing;

    /**
     * What it is built on.
     *
     * @param newest what an index that is begun now is made with, the embedder aside
     */
    public record Foundation(
            Jdbi jdbi,
            Path home,
            Clock clock,
            Indexes indexes,
            Embedders embedders,
            Catalog catalog,
            DocumentWriter writer,
            EvidenceLog evidence,
            Generation.Recipe newest) {}

    public IndexBuilder(Foundation on) {
        this.on = on;
        this.generations = new Generations(on.jdbi(), on.clock());
        this.evidence = new IndexEvidence(on.evidence());
        this.differences = new IndexDifferences(on.indexes(), on.newest());
        this.switching = new IndexSwitch(on, generations, evidence);
        this.dropping = new IndexDrop(on.jdbi(), generations, evidence);
        this.rows = new IndexRows(on.jdbi(), generations);
        this.leftovers = new Leftovers(on.jdbi());
        this.work = new CandidateWork(on, generations, evidence, null);
    }

    /**
     * Lets the work begin, or go on where it was left.
     *
     * @param how cuts documents again; null where they never are
     */
    public void start(@Nullable Cutting how) {
        lock.lock();
        try {
            work = new CandidateWork(on, generations, evidence, how);
            // What a kill or an update left: nothing would follow what is deleted from it.
            generations.list().stream()
                    .filter(row -> row.state() != GenerationState.ACTIVE)
                    .forEach(row -> LexicalIndex.delete(on.home(), row.generation()));
            on.jdbi().withHandle(Generations::candidate).ifPresent(row -> candidate = new Candidate(row.generation()));
            thread.start();
        } finally {
            lock.unlock();
        }
    }

    /** All indexes there are and were. */
    public IndexRows rows() {
        return rows;
    }

    /**
     * Waits until what is being made is built or halts, at most so long.
     *
     * @return as it then is; empty where none is being made
     */
    public Optional<IndexStatus> await(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (left > 0 && rows.isGoingOn()) {
                left = progressed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
        return rows.underWay();
    }

    /** What a new index would have otherwise than the one that is searched. */
    public IndexDifferences differences() {
        return differences;
    }

    /**
     * Begins an index beside the one that is searched.
     *
     * @param embedderSha256 of its embedder; null for the one that serves
     * @throws IndexRefused when one is being made already, it would be the same again, or its embedder cannot run
     */
    public IndexStatus build(Principal by, @Nullable String embedderSha256) {
        lock.lock();
        try {
            takeUpSwitch();
            requireNoCandidate();
            Generation active = on.indexes().generation();
            String sha256 = embedderSha256 == null ? active.recipe().embedderSha256() : embedderSha256;
            differences.require(sha256);
            Embedders.Running embedder = on.embedders().start(sha256);
            Candidate begun;
            try {
                begun = begin(by, active, embedder.embedder());
            } catch (RuntimeException e) {
                embedder.close();
                throw e;
            }
            begun.embedder = embedder;
            candidate = begun;
            wake();
            return rows.status(rows.require(begun.generation.name()));
        } finally {
            lock.unlock();
        }
    }

    private Candidate begin(Principal by, Generation active, Embedder embedder) {
        ModelCard model = embedder.model();
        Generation.Recipe recipe = new Generation.Recipe(
                model.sha256(),
                on.newest().chunkerVersion(),
                on.newest().analyserVersion(),
                on.newest().embeddingVersion());
        boolean cutAlike = active.recipe().chunkerVersion().equals(recipe.chunkerVersion());
        Generations.Make make = new Generations.Make(recipe, model.kernel(), embedder.dimension());
        return on.jdbi().inTransaction(handle -> {
            Generation begun = generations.begin(handle, make, by.id(), cutAlike ? active.cut() : null);
            evidence.record(handle, by, "index-begun", begun);
            return new Candidate(begun);
        });
    }

    private void requireNoCandidate() {
        if (candidate != null) {
            throw new IndexRefused("The index " + candidate.generation.name()
                    + " is being made already, or waits to be switched to: switch to it or cancel it first.");
        }
    }

    /**
     * Lets searches go to another index: all that begin from now on, and none before. What began with the old one ends
     * with it. An index of before, to which it is switched back, first gets what was written since.
     *
     * @throws IndexRefused when there is no such index, it is not ready, or documents come faster than it follows
     */
    public IndexStatus switchTo(Principal by, String name) {
        lock.lock();
        try {
            takeUpSwitch();
            GenerationRow row = rows.require(name);
            switch (row.state()) {
                case ACTIVE -> {
                    return rows.status(row);
                }
                case DROPPED -> throw new IndexRefused("The index " + name + " was dropped: build it again.");
                case RETIRED -> reopen(row);
                case BUILDING, BUILT -> requireNotEmpty(row);
            }
            Candidate next = Objects.requireNonNull(candidate);
            work.finishAll(next);
            switching.turn(by, next, work);
            candidate = null;
            return rows.status(rows.require(name));
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private void takeUpSwitch() {
        if (candidate != null && switching.isTurned(candidate)) {
            candidate = null;
        }
    }

    private void requireNotEmpty(GenerationRow row) {
        Candidate next = candidate;
        if (next == null || next.index == null) {
            IndexStatus.Counts counts = rows.status(row).counts();
            throw new IndexRefused("The index " + row.generation().name() + " is still being made: "
                    + counts.embedded() + " of " + counts.passages() + " passages have their vectors"
                    + (row.failure() == null ? "." : ", and it halts: " + row.failure()));
        }
    }

    private void reopen(GenerationRow row) {
        requireNoCandidate();
        Generation generation = row.generation();
        requireClosed(generation);
        on.jdbi().useTransaction(handle -> generations.setState(handle, generation, GenerationState.BUILDING));
        candidate = new Candidate(generation);
        wake();
        IndexStatus.Counts counts = rows.status(row).counts();
        long lacking = counts.passages() - counts.embedded();
        if (lacking > MOST_AT_SWITCH || counts.documents() - counts.cut() > MOST_AT_SWITCH) {
            throw new IndexRefused("The index " + generation.name() + " lacks " + lacking + " passages of "
                    + (counts.documents() - counts.cut()) + " documents and more that were written since: they are"
                    + " being added now; switch when it is built.");
        }
    }

    /** Its files can be opened by one at a time. */
    private void requireClosed(Generation generation) {
        try {
            if (!on.indexes().awaitClosed(LEAVING_PATIENCE)) {
                throw new IndexRefused("Searches that began in the index " + generation.name()
                        + " are still under way: try again in a little while.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IndexRefused("This was interrupted; nothing was changed.", e);
        }
    }

    /**
     * Gives up what is being made. One that was searched before stays, as it was before it was filled again.
     *
     * @throws IndexRefused when none is
     */
    public IndexStatus cancel(Principal by) {
        lock.lock();
        try {
            takeUpSwitch();
            Candidate ending = candidate;
            if (ending == null) {
                throw new IndexRefused("No index is being made: there is nothing to cancel.");
            }
            GenerationRow row = rows.require(ending.generation.name());
            generations.stopGraph();
            if (row.activatedAt() == null) {
                drop(by, ending.generation, "index-cancelled");
            } else {
                on.jdbi().useTransaction(handle -> {
                    generations.setState(handle, ending.generation, GenerationState.RETIRED);
                    evidence.record(handle, by, "index-cancelled", ending.generation);
                });
            }
            candidate = null;
            try {
                ending.close();
            } finally {
                LexicalIndex.delete(on.home(), ending.generation);
            }
            return rows.status(rows.require(ending.generation.name()));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Frees the room of an index that was searched before; it cannot be switched back to then.
     *
     * @throws IndexRefused when it is searched, or being made
     */
    public IndexStatus drop(Principal by, String name) {
        lock.lock();
        try {
            takeUpSwitch();
            GenerationRow row = rows.require(name);
            switch (row.state()) {
                case ACTIVE -> throw new IndexRefused("The index " + name + " is searched: switch to another first.");
                case BUILDING, BUILT ->
                    throw new IndexRefused(
                            "The index " + name + " is being made, or waits to be switched to: cancel it.");
                case RETIRED -> {
                    requireClosed(row.generation());
                    drop(by, row.generation(), "index-dropped");
                    LexicalIndex.delete(on.home(), row.generation());
                }
                case DROPPED -> LOG.debug("{} is dropped already", name);
            }
            return rows.status(rows.require(name));
        } finally {
            lock.unlock();
        }
    }

    /** What takes long is left to the builder's thread. */
    private void drop(Principal by, Generation generation, String change) {
        dropping.drop(by, generation, change);
        wake();
    }

    /**
     * Does something with an index by its name: the one that is searched, one that is built, or one of before, which is
     * opened for the time. Nothing is built or switched meanwhile.
     *
     * @param asking whether questions will be embedded, so that one of before needs its embedder
     * @return empty where there is no such index or it is not ready
     */
    public <T> Optional<T> with(String name, boolean asking, Function<Indexes, T> work) {
        Optional<T> searched = on.indexes()
                .with(index -> index.generation().name().equals(name)
                        ? Optional.of(work.apply(new Indexes(index)))
                        : Optional.empty());
        return searched.isPresent() ? searched : withAnother(name, asking, work);
    }

    private <T> Optional<T> withAnother(String name, boolean asking, Function<Indexes, T> work) {
        lock.lock();
        try {
            Candidate built = candidate;
            if (built != null && built.index != null && built.generation.name().equals(name)) {
                return Optional.of(work.apply(new Indexes(built.index)));
            }
            Optional<GenerationRow> retired =
                    generations.named(name).filter(row -> row.state() == GenerationState.RETIRED);
            if (retired.isEmpty()) {
                return Optional.empty();
            }
            Generation before = retired.get().generation();
            requireClosed(before);
            try (Index index = opened(before, asking)) {
                return Optional.of(work.apply(new Indexes(index)));
            } finally {
                LexicalIndex.delete(on.home(), before);
            }
        } finally {
            lock.unlock();
        }
    }

    private Index opened(Generation generation, boolean asking) {
        Embedders.Running embedder =
                asking ? on.embedders().start(generation.recipe().embedderSha256()) : null;
        try {
            return Index.open(on.jdbi(), on.home(), generation, embedder);
        } catch (RuntimeException e) {
            if (embedder != null) {
                embedder.close();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            generations.stopGraph();
        } catch (RuntimeException e) {
            LOG.warn("The making of a graph could not be ended; the database ends it by itself", e);
        }
        try {
            // Whoever holds the lock may have minutes of work before it, for which no shutdown waits.
            if (lock.tryLock(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                try {
                    woken.signalAll();
                } finally {
                    lock.unlock();
                }
            }
            if (thread.isAlive() && !thread.join(Duration.ofSeconds(CLOSE_SECONDS))) {
                LOG.warn("The index builder did not end within {} seconds", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Candidate left = candidate;
        candidate = null;
        if (left != null) {
            left.close();
        }
    }

    private void run() {
        try {
            long pause = 0;
            while (awaitWork(pause)) {
                on.indexes().awaitQuiet(QUIET_PATIENCE);
                pause = workOnce();
            }
        } catch (InterruptedException e) {
            LOG.info("The index builder was interrupted; it goes on at the next start");
        }
    }

    /** Returns how long there is nothing to do, in nanoseconds. */
    private long workOnce() throws InterruptedException {
        Candidate now = inWork();
        try {
            CandidateWork.Left left = now == null ? CandidateWork.Left.NOTHING : next(now);
            if (now != null && left == CandidateWork.Left.GRAPH && !closing) {
                generations.makeGraph(now.generation);
            }
            boolean more = left != CandidateWork.Left.NOTHING || (!closing && leftovers.deleteSome());
            return more ? 0 : LOOK_AGAIN_NANOS;
        } catch (RuntimeException e) {
            return halted(now, e);
        } finally {
            signalProgress();
        }
    }

    private @Nullable Candidate inWork() {
        lock.lock();
        try {
            return candidate;
        } finally {
            lock.unlock();
        }
    }

    private CandidateWork.Left next(Candidate now) throws InterruptedException {
        lock.lock();
        try {
            takeUpSwitch();
            if (candidate != now || closing) {
                return CandidateWork.Left.NOTHING;
            }
            CandidateWork.Left left = work.next(now);
            generations.setFailure(now.generation, null);
            return left;
        } finally {
            lock.unlock();
        }
    }

    /** What was cancelled meanwhile has no failure. */
    private long halted(@Nullable Candidate now, RuntimeException e) {
        lock.lock();
        try {
            if (closing || (now != null && candidate != now)) {
                LOG.info("The work on an index was given up: {}", e.getMessage());
                return LOOK_AGAIN_NANOS;
            }
            LOG.warn("The work on indexes could not be gone on with and is tried again", e);
            if (now != null) {
                generations.setFailure(now.generation, sentence(e));
            }
        } catch (RuntimeException again) {
            LOG.warn("Why the work on an index halts could not be noted", again);
        } finally {
            lock.unlock();
        }
        return TRY_AGAIN_NANOS;
    }

    /** Messages of other faults may hold what not everybody may know, such as paths of documents. */
    private static String sentence(RuntimeException e) {
        return e instanceof IndexRefused || e instanceof InferenceFailed || e instanceof InferenceRefused
                ? String.valueOf(e.getMessage())
                : "A fault of the kind " + e.getClass().getSimpleName() + "; the log of the appliance says more.";
    }

    private void signalProgress() {
        lock.lock();
        try {
            progressed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private void wake() {
        awake = true;
        woken.signalAll();
    }

    private boolean awaitWork(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (left > 0 && !awake && !closing) {
                left = woken.awaitNanos(left);
            }
            awake = false;
            return !closing;
        } finally {
            lock.unlock();
        }
    }
}
