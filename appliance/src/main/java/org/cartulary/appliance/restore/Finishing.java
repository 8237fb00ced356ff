package org.cartulary.appliance.restore;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.evidence.Restoration;
import org.cartulary.compliance.evidence.Restoration.Unfinished;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.witness.Witnesses;
import org.cartulary.retrieval.catalog.DeletedSince;
import org.cartulary.retrieval.catalog.DocumentWriter;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a start does of a restore before anything listens: it sees to it that the act is on record, hands back what witnesses signed, and
 * deletes documents again. After a crash the next start does it again. For one thread.
 */
public final class Finishing {
    private static final Logger LOG = LoggerFactory.getLogger(Finishing.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Jdbi jdbi;
    private final EvidenceLog log;
    private final Witnesses witnesses;
    private final DocumentWriter writer;
    private final DataKeys keys;
    private final Clock clock;

    public Finishing(
            Jdbi jdbi, EvidenceLog log, Witnesses witnesses, DocumentWriter writer, DataKeys keys, Clock clock) {
        this.jdbi = jdbi;
        this.log = log;
        this.witnesses = witnesses;
        this.writer = writer;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Finishes a restore that was begun; mostly there is none.
     *
     * @throws org.cartulary.compliance.evidence.EvidenceUnavailable where it cannot be put on record; nothing may be answered then
     */
    public void run() {
        Optional<Unfinished> begun = jdbi.withHandle(Restoration::unfinished);
        if (begun.isEmpty()) {
            return;
        }
        if (!begun.get().recorded()) {
            log.beginShard(PATIENCE);
        }
        log.witnessedNotes().forEach(this::takeBack);
        deleteAgain(begun.get());
        jdbi.useTransaction(handle -> Restoration.finish(handle, clock.instant()));
    }

    private void takeBack(String note) {
        try {
            Witnesses.Accepted accepted = witnesses.accept(note, Principal.CONSOLE);
            LOG.info("Witnesses signed {} entries, which the copy did not know", accepted.size());
        } catch (IllegalArgumentException e) {
            LOG.warn("What witnesses signed of the log is not taken back: {}", e.getMessage());
        }
    }

    private void deleteAgain(Unfinished begun) {
        List<UUID> gone = jdbi.inTransaction(handle -> DeletedSince.of(handle, keys, begun.documentsDeleted()));
        for (UUID document : gone) {
            boolean deleted = writer.deleteAgain(document, begun.approver());
            LOG.info("The document {} was deleted before and is deleted again: {}", document, deleted);
        }
    }
}
