package org.cartulary.retrieval.building;

import java.sql.SQLException;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.retrieval.generation.Generation;
import org.cartulary.retrieval.generation.Generations;
import org.cartulary.retrieval.index.IndexRefused;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Takes an index away in one short transaction; its passages go afterwards, a few at a time. */
final class IndexDrop {
    /** Of PostgreSQL, where a lock could not be had in time. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Jdbi jdbi;
    private final Generations generations;
    private final IndexEvidence evidence;

    IndexDrop(Jdbi jdbi, Generations generations, IndexEvidence evidence) {
        this.jdbi = jdbi;
        this.generations = generations;
        this.evidence = evidence;
    }

    /**
     * Drops one.
     *
     * @param change as the entry names it
     * @throws IndexRefused when something that takes long reads the passages; nothing was changed then
     */
    void drop(Principal by, Generation generation, String change) {
        try {
            jdbi.useTransaction(handle -> {
                Generations.lockAlone(handle);
                evidence.record(handle, by, change, generation);
                generations.drop(handle, generation);
            });
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException cause && LOCK_NOT_AVAILABLE.equals(cause.getSQLState())) {
                throw new IndexRefused(
                        "The passages are being read by something that takes long, and searches cannot wait for it:"
                                + " nothing was changed. Try again later.",
                        e);
            }
            throw e;
        }
    }
}
