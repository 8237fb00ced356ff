package org.cartulary.retrieval.building;

import java.time.Duration;
import java.util.Objects;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.retrieval.generation.Generations;
import org.cartulary.retrieval.index.Index;
import org.cartulary.retrieval.index.IndexRefused;
import org.cartulary.retrieval.lexical.ChangeLog;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets searches go to an index that has everything. Used under the builder's lock. */
final class IndexSwitch {
    private static final Logger LOG = LoggerFactory.getLogger(IndexSwitch.class);
    private static final Duration LEXICAL_PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_ROUNDS = 20;

    private final IndexBuilder.Foundation on;
    private final Generations generations;
    private final IndexEvidence evidence;

    IndexSwitch(IndexBuilder.Foundation on, Generations generations, IndexEvidence evidence) {
        this.on = on;
        this.generations = generations;
        this.evidence = evidence;
    }

    /**
     * Switches as soon as it lacks nothing that was committed.
     *
     * @throws IndexRefused when documents come faster than it follows; nothing was changed then
     */
    void turn(Principal by, Candidate next, CandidateWork work) {
        Index index = Objects.requireNonNull(next.index);
        for (int round = 1; round <= MOST_ROUNDS; round++) {
            index.lexical().await(on.jdbi().withHandle(ChangeLog::last), LEXICAL_PATIENCE);
            if (turned(by, next, index)) {
                return;
            }
            work.finishAll(next);
        }
        throw new IndexRefused("Documents are written faster than the index " + next.generation.name()
                + " follows; nothing was changed. Try again when fewer come.");
    }

    /** False where a document was committed that it lacks. */
    private boolean turned(Principal by, Candidate next, Index index) {
        try {
            on.indexes().turnTo(index, lastly -> commit(by, next, lastly));
        } catch (Behind e) {
            return false;
        }
        serve(next);
        return true;
    }

    /**
     * Turns to one that the database has turned to already, though it could not say so when it did.
     *
     * @return whether it has
     */
    boolean isTurned(Candidate next) {
        Index index = next.index;
        if (index == null || !isActive(next)) {
            return false;
        }
        LOG.warn("The database has switched to {}: searches follow", next.generation.name());
        on.indexes().turnTo(index, Runnable::run);
        serve(next);
        return true;
    }

    /** A connection that is lost while it commits leaves open what became of it: the database knows. */
    private void commit(Principal by, Candidate next, Runnable lastly) {
        try {
            on.jdbi().useTransaction(handle -> {
                activate(handle, by, next);
                lastly.run();
            });
        } catch (Behind e) {
            throw e;
        } catch (RuntimeException e) {
            if (!isActive(next)) {
                throw e;
            }
            LOG.warn("The switch to {} was committed, though that was reported as a fault", next.generation.name(), e);
        }
    }

    private boolean isActive(Candidate next) {
        return on.jdbi()
                .withHandle(Generations::active)
                .filter(next.generation::equals)
                .isPresent();
    }

    private void activate(Handle handle, Principal by, Candidate next) {
        Generations.lockAlone(handle);
        if (!Objects.requireNonNull(next.backfill).hasAll(ChangeLog.last(handle))) {
            throw new Behind();
        }
        generations.switchTo(handle, next.generation);
        evidence.record(handle, by, "index-switched", next.generation);
    }

    /** The database has decided; the next start puts right what cannot be noted now. */
    private void serve(Candidate next) {
        try {
            on.embedders().serve(Objects.requireNonNull(next.embedder));
        } catch (RuntimeException e) {
            LOG.error("The embedder of {} does not serve everybody yet", next.generation.name(), e);
        }
    }

    private static final class Behind extends RuntimeException {
        Behind() {
            super("A document was written meanwhile", null, false, false);
        }
    }
}
