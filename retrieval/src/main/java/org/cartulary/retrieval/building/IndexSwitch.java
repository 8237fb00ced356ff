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
            on.indexes().turnTo(index, () -> {
                on.jdbi().useTransaction(handle -> activate(handle, by, next));
                serve(next);
            });
            return true;
        } catch (Behind e) {
            return false;
        }
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
