package org.cartulary.compliance.evidence;

import java.nio.file.Path;
import java.time.Clock;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.keys.Pseudonyms;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The evidence log of a home. Thread-safe. */
public final class EvidenceLog {
    private final EntryWriter writer;

    private EvidenceLog(EntryWriter writer) {
        this.writer = writer;
    }

    /** Opens the log of a home on a database whose schema {@code compliance} is up to date. */
    public static EvidenceLog open(Jdbi jdbi, DataKeys keys, Path home, Clock clock) {
        return new EvidenceLog(
                new EntryWriter(keys, Pseudonyms.open(home), "cartulary.invalid/0000000000000000/2026", clock));
    }

    /** A number for a new question or act; never given twice, though a rolled-back caller leaves a gap. */
    public long nextNumber(Handle handle) {
        return handle.createQuery("SELECT nextval('compliance.number')")
                .mapTo(Long.class)
                .one();
    }

    /**
     * Writes an entry in the caller's open transaction; it is durable, and gets its place in the tree, when that commits.
     *
     * @return the entry's id, for its receipt
     * @throws IllegalArgumentException where the draft breaks the leaf schema
     * @throws IllegalStateException outside a transaction, or where a question would be asked or ended twice
     */
    public long append(Handle handle, EntryDraft draft) {
        if (!handle.isInTransaction()) {
            throw new IllegalStateException("An entry is appended in the transaction of the act that it records");
        }
        return writer.write(handle, draft);
    }
}
