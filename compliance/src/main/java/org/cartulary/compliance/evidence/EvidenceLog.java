package org.cartulary.compliance.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.keys.ManifestKey;
import org.cartulary.compliance.tlog.Checkpoint;
import org.cartulary.compliance.tlog.InclusionProof;
import org.cartulary.compliance.tlog.LogDirectory;
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

    /** For an entry of the log's own. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DataKeys keys;
    private final OpenedLog opened;
    private final EntryWriter writer;
    private final EntryReader reader;
    private final Shards shards;
    private final LogCondition condition = new LogCondition();
    private final Succession succession;
    private final Disposal disposal;
    private final Integrator integrator;
    private final Library library;

    private EvidenceLog(
            Jdbi jdbi,
            DataKeys keys,
            OpenedLog opened,
            Path home,
            Clock clock,
            EvidencePolicy policy,
            Consumer<Step> reached) {
        this.keys = keys;
        this.opened = opened;
        this.writer = new EntryWriter(keys, opened::writing, clock, policy.profile());
        this.reader = new EntryReader(jdbi);
        this.shards = new Shards(jdbi);
        this.succession = new Succession(jdbi, opened, writer, clock);
        this.disposal = new Disposal(jdbi, opened, keys, clock);
        this.integrator = new Integrator(opened, succession, clock, condition, reached);
        this.library = Library.open(
                home, policy.libraryBytes(), keys, clock, jdbi, writer, integrator::wake, this::isWritable);
    }

    /**
     * Opens the log of a home on a database whose schema {@code compliance} is up to date; founds it at the first start,
     * and otherwise finishes what a crash interrupted.
     *
     * @throws EvidenceUnavailable where database, {@code HOME/log} and key tell different histories
     */
    public static EvidenceLog open(Jdbi jdbi, DataKeys keys, Path home, Clock clock) {
        return open(jdbi, keys, home, clock, EvidencePolicy.STANDARD);
    }

    /** As {@link #open(Jdbi, DataKeys, Path, Clock)}, by a policy. */
    public static EvidenceLog open(Jdbi jdbi, DataKeys keys, Path home, Clock clock, EvidencePolicy policy) {
        return open(jdbi, keys, home, clock, policy, step -> {});
    }

    static EvidenceLog open(
            Jdbi jdbi, DataKeys keys, Path home, Clock clock, EvidencePolicy policy, Consumer<Step> reached) {
        OpenedLog opened = OpenedLog.open(jdbi, keys, home, clock);
        EvidenceLog log = new EvidenceLog(jdbi, keys, opened, home, clock, policy, reached);
        log.succession.resume();
        log.integrator.start();
        if (log.condition.isStoppedForGood()) {
            log.close();
            log.condition.requireRunning();
        }
        log.library.start();
        return log;
    }

    /** A number for a new question or act; never given twice, though a caller that rolls back leaves a gap. */
    public long nextNumber(Handle handle) {
        return newNumber(handle);
    }

    static long newNumber(Handle handle) {
        return handle.createQuery("SELECT nextval('compliance.number')")
                .mapTo(Long.class)
                .one();
    }

    /**
     * Writes an entry in the caller's open transaction; it is durable, and gets its place in the tree, when that commits. Where
     * the log cannot be written and the library is open, what belongs to that is noted at once instead, and follows later.
     *
     * @return the entry's id, for its receipt; 0 where it is only noted
     * @throws IllegalArgumentException where the draft breaks the leaf schema
     * @throws IllegalStateException outside a transaction, or where a question would be asked or ended twice, or ended
     *     without having been asked
     * @throws EvidenceUnavailable where the log cannot be written now
     */
    public long append(Handle handle, EntryDraft draft) {
        if (!handle.isInTransaction()) {
            throw new IllegalStateException("An entry is appended in the transaction of the act that it records");
        }
        if (library.takes(draft)) {
            library.note(draft);
            return 0;
        }
        requireWritable();
        long id = writer.write(handle, draft);
        // For what ends a question somebody waits; what begins one is followed by more.
        handle.afterCommit(draft.type().endsQuestion() ? integrator::hurry : integrator::wake);
        return id;
    }

    /** Throws {@link EvidenceUnavailable} where no document may be searched or opened now. */
    public void requireLibrary() {
        if (!library.isOpen()) {
            requireWritable();
        }
    }

    /** How what stays open where the log cannot be written stands. */
    public LibraryStatus library() {
        return library.status();
    }

    private boolean isWritable() {
        return whyNotWritable().isEmpty();
    }

    /** Why nothing may be answered now, and the remedy; empty while all is well. */
    public Optional<String> whyNotWritable() {
        try {
            requireWritable();
            return Optional.empty();
        } catch (EvidenceUnavailable e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Throws {@link EvidenceUnavailable} where nothing may be answered now, because it could not be logged. */
    public void requireWritable() {
        condition.requireRunning();
        try {
            long usable = directory().usableBytes();
            if (usable < RESERVE_BYTES) {
                throw new EvidenceUnavailable(
                        "The disk of the log directory " + directory().path() + " has " + usable
                                + " bytes left, and the log needs " + RESERVE_BYTES + ": make room");
            }
        } catch (IOException e) {
            throw new EvidenceUnavailable(
                    "The log directory " + directory().path() + " cannot be reached: restore access to it", e);
        }
    }

    /**
     * The receipt of a committed entry, against the first checkpoint that covers it; it is committed then, and its files follow. Once a quorum of witnesses
     * signed one that does, against the first of these.
     *
     * @param patience how long to wait for that checkpoint
     * @throws EvidenceUnavailable where no checkpoint covers it within the patience, or the log has stopped
     */
    public Receipt receipt(long entryId, Duration patience) {
        long left = patience.toNanos();
        while (true) {
            // Before the entry is read: what is published later than this may hold it.
            LogStatus before = status();
            EntryReader.Place place = reader.place(entryId).orElseThrow(() -> uncommitted(entryId));
            Long index = place.index();
            if (index != null) {
                condition.awaitSize(place.shard(), index + 1, left);
                return receipt(reader.covered(entryId).orElseThrow(() -> uncommitted(entryId)));
            }
            integrator.hurry();
            left = condition.awaitSize(before.shard(), before.size() + 1, left);
        }
    }

    private static IllegalStateException uncommitted(long entryId) {
        return new IllegalStateException(
                "No entry " + entryId + " is committed: ask for a receipt after the transaction");
    }

    /**
     * The receipt of the entry that ended a question, or of the one entry of another act.
     *
     * @return empty where there is no such number, or its question is still open, or no checkpoint covers its entry yet
     */
    public Optional<Receipt> receiptOf(long number) {
        return reader.lastOfNumber(number).flatMap(entry -> {
            Long index = entry.treeIndex();
            return index == null || !status().covers(entry.shard(), index)
                    ? Optional.empty()
                    : reader.covered(entry.id()).map(this::receipt);
        });
    }

    /** As {@link #receiptOf(long)}, for whoever asked or acted; for anybody else it looks as if there were none. */
    public Optional<Receipt> receiptOf(long number, Principal asker) {
        return reader.beginner(number)
                .filter(actor -> pseudonym(actor.shard(), asker).equals(actor.pseudonym()))
                .flatMap(actor -> receiptOf(number));
    }

    private String pseudonym(int shard, Principal principal) {
        return opened.shard(shard).pseudonyms().of(principal);
    }

    private Receipt receipt(EntryReader.Covered covered) {
        StoredEntry entry = covered.entry();
        PublishedNote covering = covered.by();
        long index = Objects.requireNonNull(entry.treeIndex());
        OpenedShard shard = opened.shard(entry.shard());
        try {
            TreeReader tree = new TreeReader(shard.directory(), covering.size());
            String proof = new InclusionProof(index, tree.inclusionPath(index)).text(covering.note());
            return new Receipt(index, entry.number(), proof, entry.recordJson(keys));
        } catch (IOException e) {
            throw new EvidenceUnavailable("The tiles in " + shard.directory().path() + " cannot be read: " + e, e);
        }
    }

    /** What the entries of a number say, oldest first, published or not; for those who may look into evidence. */
    public List<OpenedEntry> opened(Handle handle, long number) {
        return EntryReader.opened(handle, number, keys);
    }

    /**
     * Questions and other acts that reviewers look for, latest first; for those who may look into evidence.
     *
     * @param before a number, above which nothing is looked for
     * @param limit 1 to {@value #MAX_LISTED}
     */
    public List<Found> find(Handle handle, Wanted wanted, long before, int limit) {
        return EntrySearch.find(handle, opened, wanted, before, Math.clamp(limit, 1, MAX_LISTED));
    }

    /** How somebody is called in the shards of the log. */
    public Set<String> pseudonyms(Principal principal) {
        return opened.shards().stream()
                .map(shard -> shard.pseudonyms().of(principal))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The reviews of a question, oldest first; for those who may look into evidence. */
    public List<OpenedEntry> reviewsOf(Handle handle, long number) {
        Mention reviewed = new Mention(Mention.Kind.REVIEWED, Long.toString(number));
        return handle
                .createQuery("SELECT number FROM compliance.mention WHERE token = ANY (:tokens) ORDER BY number")
                .bindArray("tokens", byte[].class, (Object[]) EntrySearch.tokens(opened, reviewed))
                .mapTo(Long.class)
                .stream()
                .flatMap(review -> opened(handle, review).stream())
                .toList();
    }

    /**
     * The beginnings of the questions that somebody asked in a time, oldest first; for those who may look into evidence.
     *
     * @param after a number that was given before that time
     */
    public List<OpenedEntry> askedBy(Handle handle, Principal asker, long after, Instant from, Instant to) {
        return EntryReader.asked(handle, shard -> pseudonym(shard, asker), after, from, to, keys);
    }

    /** How the log stands. */
    public LogStatus status() {
        return condition.status();
    }

    /** The shards of the log, oldest first; the last one is written. */
    public List<Shard> shards() {
        return shards.all();
    }

    /** The open shard. */
    public Shard shard() {
        return opened.shown().shard();
    }

    /** The entries of the open shard that a checkpoint covers, from an index on, at most {@value #MAX_LISTED}. */
    public List<EntrySummary> entries(long fromIndex, int limit) {
        return entries(opened.shown().shard().name(), fromIndex, limit);
    }

    /**
     * The entries of a shard that a checkpoint covers, from an index on, at most {@value #MAX_LISTED}.
     *
     * @throws IllegalArgumentException where there is no shard of this name
     */
    public List<EntrySummary> entries(String shard, long fromIndex, int limit) {
        if (fromIndex < 0 || limit < 1 || limit > MAX_LISTED) {
            throw new IllegalArgumentException("Entries are listed from index 0 on, 1 to " + MAX_LISTED + " at a time");
        }
        OpenedShard of = named(shard);
        LogStatus now = status();
        long end = of.id() == now.shard() ? now.size() : of.store().load().size();
        return reader.summaries(of.id(), fromIndex, end, limit);
    }

    private OpenedShard named(String shard) {
        int shown = opened.shown().id();
        return opened.shards().stream()
                .filter(opened -> opened.id() <= shown && opened.shard().name().equals(shard))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The log has no shard \"" + shard + "\"; it has "
                        + String.join(", ", shards().stream().map(Shard::name).toList())));
    }

    /**
     * Numbers that were asked and never ended. At the start of the appliance, before it takes questions, these are the
     * ones that a crash interrupted.
     */
    public List<Long> interruptedQuestions() {
        return reader.openQuestions();
    }

    /**
     * Puts the certificate of the key that signs manifests on record, where it is not yet: its SHA-256 in clear in an entry, and
     * then itself in {@code HOME/log/manifest.pem}, to be handed to those who check bundles. A crash in between leaves two such
     * entries, which say the same.
     */
    public void recordCertificate(Jdbi database) {
        ManifestKey key = opened.manifests();
        try {
            if (opened.certificate().filter(key.pem()::equals).isPresent()) {
                return;
            }
            long entry = database.inTransaction(handle -> append(
                    handle,
                    new EntryDraft(
                            EntryType.KEY_CHANGED,
                            nextNumber(handle),
                            Principal.CONSOLE,
                            new TreeMap<>(Map.of("certificate", key.fingerprint())),
                            new TreeMap<>())));
            receipt(entry, PATIENCE);
            opened.writeCertificate(key.pem());
        } catch (IOException e) {
            throw new UncheckedIOException("The certificate of the manifest key cannot be kept beside the log", e);
        }
    }

    /** The verifier key to hand to those who check receipts: one line of C2SP vkey text. */
    public String vkey() {
        return opened.key().vkey();
    }

    /** The published log with its records, as it is now, for a bundle. */
    public PublishedLog published() {
        return published(opened.shown());
    }

    /**
     * As {@link #published()}, of any shard.
     *
     * @throws IllegalArgumentException where there is no shard of this name
     */
    public PublishedLog published(String shard) {
        return published(named(shard));
    }

    private PublishedLog published(OpenedShard shard) {
        integrator.urge();
        condition.awaitFiles(PATIENCE.toNanos());
        try {
            return PublishedLog.open(shard, opened, reader, keys);
        } catch (IOException e) {
            throw new UncheckedIOException("The published checkpoint cannot be read", e);
        }
    }

    /**
     * As {@link #published(String)}, as the last checkpoint has it that a quorum of witnesses signed, with their signatures.
     *
     * @return empty where none of this shard was
     */
    public Optional<PublishedLog> witnessed(String shard) {
        OpenedShard of = named(shard);
        return reader.lastWitnessed(of.id()).map(note -> new PublishedLog(of, opened, reader, keys, note.note()));
    }

    /**
     * The indexes of entries that somebody wants, of those that a published log has; for those who may look into evidence.
     *
     * @throws IllegalArgumentException where their range is none of these, or they lie in too many places
     */
    public IndexRanges select(PublishedLog published, Selection selection) {
        return reader.read(handle -> EntrySelection.of(
                handle, opened, published.shard().id(), published.checkpoint().size(), selection));
    }

    /**
     * The checkpoint of a size that was committed: origin, size and root, of which the signature was checked.
     *
     * @return empty where none was ever committed under this origin at this size
     */
    public Optional<Checkpoint> checkpoint(String origin, long size) {
        return byOrigin(origin)
                .flatMap(shard -> shard.store()
                        .note(size)
                        .map(note -> Checkpoint.parse(shard.verifier().open(note))));
    }

    private Optional<OpenedShard> byOrigin(String origin) {
        return opened.shards().stream()
                .filter(shard -> shard.origin().equals(origin))
                .findFirst();
    }

    /** The id of the shard of an origin. */
    public OptionalInt shardOf(String origin) {
        return byOrigin(origin).stream().mapToInt(OpenedShard::id).findFirst();
    }

    /**
     * Keeps the last checkpoint that a quorum of witnesses signed beside the log, so that an older log never starts.
     *
     * @param size of a checkpoint of that shard
     */
    public void keepWitnessed(int shardId, long size) {
        OpenedShard shard = opened.shard(shardId);
        String note = reader.firstCovering(shardId, size - 1)
                .filter(covering -> covering.size() == size)
                .orElseThrow(() -> new IllegalStateException("No checkpoint of size " + size + " is witnessed"))
                .note();
        try {
            if (isWitnessedBeyond(shard, size)) {
                return; // as after a restore, of a database that has not heard of it
            }
            shard.directory().writeWitnessed(note);
        } catch (IOException e) {
            throw new EvidenceUnavailable(
                    "The log directory " + shard.directory().path() + " cannot be written: " + e, e);
        }
    }

    /** The last checkpoints that witnesses signed, as they are kept beside each shard, with their signatures. */
    public List<String> witnessedNotes() {
        List<String> notes = new ArrayList<>();
        for (OpenedShard shard : opened.shards()) {
            try {
                shard.directory().witnessed().ifPresent(notes::add);
            } catch (IOException e) {
                throw new UncheckedIOException("The last witnessed checkpoint cannot be read", e);
            }
        }
        return notes;
    }

    private static boolean isWitnessedBeyond(OpenedShard shard, long size) throws IOException {
        return shard.directory()
                .witnessed()
                .map(note -> Checkpoint.parse(shard.verifier().open(note)))
                .filter(kept -> kept.size() > size)
                .isPresent();
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
        Optional<OpenedShard> said = opened.shards().stream()
                .filter(shard -> note.startsWith(shard.origin() + "\n"))
                .findFirst();
        if (said.isEmpty()) {
            return false;
        }
        OpenedShard shard = said.get();
        Checkpoint theirs;
        try {
            theirs = Checkpoint.parse(shard.verifier().open(note));
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (checkpoint(theirs.origin(), theirs.size()).filter(theirs::equals).isPresent()) {
            return false;
        }
        long size = shard.store().load().size();
        boolean longer = theirs.size() > size;
        condition.stop(from + " has a checkpoint of " + theirs.size() + " entries that this log signed, but "
                + (longer ? "this log ends at " + size : "at that size this log has another root")
                + ": an old copy was put in place, or entries were deleted or rewritten. Restore the newest copy; "
                + shard.directory().path().resolve("contradiction") + " is the proof.");
        try {
            shard.directory().writeContradiction(note);
        } catch (IOException e) {
            throw new UncheckedIOException("The contradicting checkpoint could not be kept", e);
        }
        return true;
    }

    /**
     * Has a new shard begin, whatever the year is, and waits until it has.
     *
     * @throws EvidenceUnavailable where entries are appended all the time, or the log has stopped
     */
    public void beginShard(Duration patience) {
        int last = status().shard();
        succession.ask();
        integrator.hurry();
        condition.awaitSize(last + 1, 1, patience.toNanos());
    }

    /**
     * Has the log's keys changed: the present shard is closed by the present keys, and names those of the next one. In the
     * transaction of whoever decides it; it comes about within seconds of the commit, or at the next start.
     */
    public void rotateKeys(Handle handle) {
        succession.wantRotation(handle);
        handle.afterCommit(integrator::wake);
    }

    private LogDirectory directory() {
        return opened.shown().directory();
    }

    /** Destroys what retention says is due. */
    public Disposal disposal() {
        return disposal;
    }

    /** Lets the publication in progress end and stops the integrator; committed entries are published at the next start. */
    @Override
    public void close() {
        library.close();
        try {
            integrator.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
