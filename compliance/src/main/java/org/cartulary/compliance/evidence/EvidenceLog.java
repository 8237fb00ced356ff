package org.cartulary.compliance.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.tlog.Checkpoint;
import org.cartulary.compliance.tlog.InclusionProof;
import org.cartulary.compliance.tlog.TreeReader;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The evidence log of a home: entries are appended in the callers' transactions, ordered and published by one thread,
 * and proved by receipts. Thread-safe. One appliance at a time may hold the log open.
 */
public final class EvidenceLog implements AutoCloseable {
    /** Room that the log directory's file system must have left for anything to be answered. */
    static final long RESERVE_BYTES = 16L * 1024 * 1024;

    /** The most entries that one call lists. */
    public static final int MAX_LISTED = 1000;

    private final DataKeys keys;
    private final OpenedLog opened;
    private final EntryWriter writer;
    private final EntryReader reader;
    private final TreeStore store;
    private final LogCondition condition = new LogCondition();
    private final Integrator integrator;

    private EvidenceLog(Jdbi jdbi, DataKeys keys, OpenedLog opened, Clock clock, Consumer<Step> reached) {
        this.keys = keys;
        this.opened = opened;
        this.writer = new EntryWriter(keys, opened.pseudonyms(), opened.key().name(), clock);
        this.reader = new EntryReader(jdbi);
        this.store = new TreeStore(jdbi);
        Publication publication = new Publication(store, opened.directory(), opened.key(), reached);
        this.integrator = new Integrator(store, publication, opened.signer(), clock, condition, reached);
    }

    /**
     * Opens the log of a home on a database whose schema {@code compliance} is up to date; founds it at the first start,
     * and otherwise finishes what a crash interrupted.
     *
     * @throws EvidenceUnavailable where database, {@code HOME/log} and key tell different histories
     */
    public static EvidenceLog open(Jdbi jdbi, DataKeys keys, Path home, Clock clock) {
        return open(jdbi, keys, home, clock, step -> {});
    }

    static EvidenceLog open(Jdbi jdbi, DataKeys keys, Path home, Clock clock, Consumer<Step> reached) {
        EvidenceLog log = new EvidenceLog(jdbi, keys, OpenedLog.open(jdbi, keys, home, clock), clock, reached);
        log.integrator.start();
        if (log.condition.isStoppedForGood()) {
            log.close();
            log.condition.requireRunning();
        }
        return log;
    }

    /** A number for a new question or act; never given twice, though a caller that rolls back leaves a gap. */
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
     * @throws IllegalStateException outside a transaction, or where a question would be asked or ended twice, or ended
     *     without having been asked
     * @throws EvidenceUnavailable where the log cannot be written now
     */
    public long append(Handle handle, EntryDraft draft) {
        if (!handle.isInTransaction()) {
            throw new IllegalStateException("An entry is appended in the transaction of the act that it records");
        }
        requireWritable();
        long id = writer.write(handle, draft);
        handle.afterCommit(integrator::wake);
        return id;
    }

    /** Throws {@link EvidenceUnavailable} where nothing may be answered now, because it could not be logged. */
    public void requireWritable() {
        condition.requireRunning();
        try {
            long usable = opened.directory().usableBytes();
            if (usable < RESERVE_BYTES) {
                throw new EvidenceUnavailable(
                        "The disk of the log directory " + opened.directory().path() + " has " + usable
                                + " bytes left, and the log needs " + RESERVE_BYTES + ": make room");
            }
        } catch (IOException e) {
            throw new EvidenceUnavailable(
                    "The log directory " + opened.directory().path() + " cannot be reached: restore access to it", e);
        }
    }

    /**
     * The receipt of a committed entry, against the first published checkpoint that covers it; once a quorum of witnesses
     * signed one that does, against the first of these.
     *
     * @param patience how long to wait for that checkpoint
     * @throws EvidenceUnavailable where it is not published within the patience, or the log has stopped
     */
    public Receipt receipt(long entryId, Duration patience) {
        long left = patience.toNanos();
        while (true) {
            // Before the entry is read: what is published later than this may hold it.
            long published = status().publishedSize();
            StoredEntry entry = committed(entryId);
            Long index = entry.treeIndex();
            if (index != null) {
                condition.awaitSize(index + 1, left);
                return receipt(entry, index);
            }
            left = condition.awaitSize(published + 1, left);
        }
    }

    private StoredEntry committed(long entryId) {
        return reader.byId(entryId)
                .orElseThrow(() -> new IllegalStateException(
                        "No entry " + entryId + " is committed: ask for a receipt after the transaction"));
    }

    /**
     * The receipt of the entry that ended a question, or of the one entry of another act.
     *
     * @return empty where there is no such number, or its question is still open, or its entry is not published yet
     */
    public Optional<Receipt> receiptOf(long number) {
        return reader.lastOfNumber(number).flatMap(entry -> {
            Long index = entry.treeIndex();
            return index == null || index >= status().publishedSize()
                    ? Optional.empty()
                    : Optional.of(receipt(entry, index));
        });
    }

    /** As {@link #receiptOf(long)}, for whoever asked or acted; for anybody else it looks as if there were none. */
    public Optional<Receipt> receiptOf(long number, Principal asker) {
        return reader.isBegunBy(number, opened.pseudonyms().of(asker)) ? receiptOf(number) : Optional.empty();
    }

    private Receipt receipt(StoredEntry entry, long index) {
        PublishedNote covering = reader.firstCovering(index)
                .orElseThrow(() -> new IllegalStateException("Entry " + index + " has a place but no checkpoint"));
        try {
            TreeReader tree = new TreeReader(opened.directory(), covering.size());
            String proof = new InclusionProof(index, tree.inclusionPath(index)).text(covering.note());
            return new Receipt(index, entry.number(), proof, entry.recordJson(keys));
        } catch (IOException e) {
            throw new EvidenceUnavailable(
                    "The published tiles in " + opened.directory().path() + " cannot be read: " + e, e);
        }
    }

    /** What the entries of a number say, oldest first, published or not; for those who may look into evidence. */
    public List<OpenedEntry> opened(Handle handle, long number) {
        return EntryReader.opened(handle, number, keys);
    }

    /**
     * The beginnings of the questions that somebody asked in a time, oldest first; for those who may look into evidence.
     *
     * @param after a number that was given before that time
     */
    public List<OpenedEntry> askedBy(Handle handle, Principal asker, long after, Instant from, Instant to) {
        return EntryReader.asked(handle, opened.pseudonyms().of(asker), after, from, to, keys);
    }

    /** How the log stands. */
    public LogStatus status() {
        return condition.status();
    }

    /** The published entries from an index on, at most {@value #MAX_LISTED}. */
    public List<EntrySummary> entries(long fromIndex, int limit) {
        if (fromIndex < 0 || limit < 1 || limit > MAX_LISTED) {
            throw new IllegalArgumentException("Entries are listed from index 0 on, 1 to " + MAX_LISTED + " at a time");
        }
        return reader.summaries(fromIndex, status().publishedSize(), limit);
    }

    /**
     * Numbers that were asked and never ended. At the start of the appliance, before it takes questions, these are the
     * ones that a crash interrupted.
     */
    public List<Long> interruptedQuestions() {
        return reader.openQuestions();
    }

    /** The verifier key to hand to those who check receipts: one line of C2SP vkey text. */
    public String vkey() {
        return opened.key().vkey();
    }

    /** The published log with its records, as it is now, for a bundle. */
    public PublishedLog published() {
        try {
            return PublishedLog.open(opened, reader, keys);
        } catch (IOException e) {
            throw new UncheckedIOException("The published checkpoint cannot be read", e);
        }
    }

    /**
     * The checkpoint of a size that was committed: origin, size and root, of which the signature was checked.
     *
     * @return empty where none was ever committed at this size
     */
    public Optional<Checkpoint> checkpoint(long size) {
        return store.note(size).map(note -> Checkpoint.parse(opened.key().open(note)));
    }

    /**
     * Keeps the last checkpoint that a quorum of witnesses signed beside the log, so that an older log never starts.
     *
     * @param size of a checkpoint of this log
     */
    public void keepWitnessed(long size) {
        String note = reader.firstCovering(size - 1)
                .filter(covering -> covering.size() == size)
                .orElseThrow(() -> new IllegalStateException("No checkpoint of size " + size + " is witnessed"))
                .note();
        try {
            opened.directory().writeWitnessed(note);
        } catch (IOException e) {
            throw new EvidenceUnavailable(
                    "The log directory " + opened.directory().path() + " cannot be written: " + e, e);
        }
    }

    /**
     * Stops the log, and all answering with it, where a checkpoint that this log's own key signed is not one of it: entries
     * were lost or rewritten. The note is kept as {@code HOME/log/contradiction}.
     *
     * @param note as somebody outside has it
     * @param from who that is
     * @return whether it contradicts this log; what this log's key did not sign does not
     */
    public boolean stopIfContradictedBy(String note, String from) {
        Checkpoint theirs;
        try {
            theirs = Checkpoint.parse(opened.key().open(note));
        } catch (IllegalArgumentException e) {
            return false;
        }
        long size = published().checkpoint().size();
        boolean longer = theirs.size() > size;
        if (!theirs.origin().equals(opened.key().name())
                || (!longer && checkpoint(theirs.size()).filter(theirs::equals).isPresent())) {
            return false;
        }
        condition.stop(from + " has a checkpoint of " + theirs.size() + " entries that this log signed, but "
                + (longer ? "this log ends at " + size : "at that size this log has another root")
                + ": an old copy was put in place, or entries were deleted or rewritten. Restore the newest copy; "
                + opened.directory().path().resolve("contradiction") + " is the proof.");
        try {
            opened.directory().writeContradiction(note);
        } catch (IOException e) {
            throw new UncheckedIOException("The contradicting checkpoint could not be kept", e);
        }
        return true;
    }

    /** Lets the publication in progress end and stops the integrator; committed entries are published at the next start. */
    @Override
    public void close() {
        try {
            integrator.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
