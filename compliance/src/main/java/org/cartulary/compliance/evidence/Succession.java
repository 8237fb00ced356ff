package org.cartulary.compliance.evidence;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.keys.LogKeys;
import org.cartulary.compliance.tlog.Checkpoint;
import org.cartulary.compliance.tlog.CheckpointSigner;
import org.cartulary.compliance.tlog.Frontier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Closes a shard and opens the next, in one transaction: the last leaf of the one names origin and key of the other, whose
 * first leaf names size and root of the one. Nobody appends meanwhile. For the integrator's thread.
 */
final class Succession {
    /** How long it is tried without keeping anybody waiting. */
    private static final Duration POLITE = Duration.ofSeconds(2);

    /** How long who appends is kept waiting then, at most. */
    private static final int PATIENCE_MILLIS = 5_000;

    /** And how often at most. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    /** The numbers of open questions stand in a leaf, which has room for about six thousand. */
    private static final int MOST_OPEN = 4_000;

    private final Jdbi jdbi;
    private final OpenedLog log;
    private final EntryWriter writer;
    private final Clock clock;
    private volatile boolean asked;
    private @Nullable Instant due;
    private @Nullable Instant insisted;

    Succession(Jdbi jdbi, OpenedLog log, EntryWriter writer, Clock clock) {
        this.jdbi = jdbi;
        this.log = log;
        this.writer = writer;
        this.clock = clock;
    }

    /** Has a shard begin whatever the year is. */
    void ask() {
        asked = true;
    }

    /** Has the log's keys changed, by a shard that begins with new ones; in the transaction of whoever decides it. */
    void wantRotation(Handle handle) {
        handle.execute("INSERT INTO compliance.rotation_wanted DEFAULT VALUES ON CONFLICT DO NOTHING");
        handle.afterCommit(this::ask);
    }

    private static boolean isRotationWanted(Handle handle) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM compliance.rotation_wanted)")
                .mapTo(Boolean.class)
                .one();
    }

    /** After a start: what was decided before it and not done is asked for again. */
    void resume() {
        asked |= jdbi.withHandle(handle -> isRotationWanted(handle) || RestorationRows.isToBeRecorded(handle));
    }

    /** Whether a new year has begun, or somebody asked. A clock that was set back opens nothing. */
    boolean isDue() {
        return asked || OpenedLog.year(clock.instant()) > year(log.writing().shard());
    }

    private static int year(Shard shard) {
        return Integer.parseInt(shard.name().replaceFirst("-.*", ""));
    }

    /** What is done while nobody appends. */
    interface Alone {
        /** Brings in all entries that wait; the tree then. */
        LogState integrated() throws IOException;
    }

    /** Whether it came about; where it did not, somebody appends, and it is to be tried again. */
    boolean attempt(Alone alone) throws IOException {
        return jdbi.withHandle(handle -> {
            if (!(isPolite() ? Shards.lock(handle) : Shards.lock(handle, PATIENCE_MILLIS))) {
                return false;
            }
            try {
                LogState last = alone.integrated();
                if (EntryReader.openQuestions(handle).size() > MOST_OPEN) {
                    return false;
                }
                succeed(handle, last);
                asked = false;
                due = null;
                return true;
            } finally {
                Shards.unlock(handle);
            }
        });
    }

    /** Most nights nobody asks in some second; only where somebody always does are all kept waiting. */
    private boolean isPolite() {
        Instant now = clock.instant();
        Instant since = due == null ? now : due;
        due = since;
        Instant lately = insisted == null ? since.plus(POLITE).minus(PAUSE) : insisted;
        if (now.isBefore(lately.plus(PAUSE))) {
            return true;
        }
        insisted = now;
        return false;
    }

    private void succeed(Handle handle, LogState last) {
        OpenedShard closing = log.writing();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        boolean rotates = isRotationWanted(handle);
        LogKeys keys = rotates ? log.nextKeys() : log.keys();
        Shard next = log.successor(now, keys);
        CheckpointSigner signer = new CheckpointSigner(next.origin(), keys);
        OpenedShard opening = log.prepared(next);
        handle.useTransaction(within -> {
            Checkpoint end = close(within, closing, last, signer, now);
            Shards.succeed(within, closing.shard(), next, signer.note(Shards.empty(next), now));
            EntryWriter first = writer.into(opening);
            first.write(
                    within,
                    draft(
                            within,
                            EntryType.SHARD_OPENED,
                            Map.of(
                                    "predecessor",
                                    closing.origin(),
                                    "size",
                                    end.size(),
                                    "root",
                                    Base64.getEncoder().encodeToString(end.root()),
                                    "open",
                                    EntryReader.openQuestions(within),
                                    "certificate",
                                    keys.manifests().fingerprint())));
            RestorationRows.record(within, first);
            if (rotates) {
                recordRotation(within, first, closing.shard(), next);
            }
        });
        log.write(opening, keys);
    }

    private static void recordRotation(Handle handle, EntryWriter first, Shard closed, Shard next) {
        first.write(
                handle,
                new EntryDraft(
                        EntryType.KEY_CHANGED,
                        EvidenceLog.newNumber(handle),
                        Principal.CONSOLE,
                        new TreeMap<>(),
                        new TreeMap<>(Map.of("change", "log-key", "before", closed.vkey(), "after", next.vkey()))));
        handle.execute("DELETE FROM compliance.rotation_wanted");
    }

    private Checkpoint close(Handle handle, OpenedShard closing, LogState last, CheckpointSigner next, Instant now) {
        long id = writer.into(closing)
                .write(
                        handle,
                        draft(
                                handle,
                                EntryType.SHARD_CLOSED,
                                Map.of(
                                        "successor",
                                        next.key().name(),
                                        "successorKey",
                                        next.key().vkey(),
                                        "successorCosigningKey",
                                        next.cosigner().vkey())));
        PendingEntry entry = handle.createQuery("SELECT leaf_hash, leaf FROM compliance.entry WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> new PendingEntry(id, row.getBytes("leaf_hash"), row.getBytes("leaf")))
                .one();
        Frontier grown = last.frontier().plus(List.of(entry.leafHash()));
        Checkpoint end = new Checkpoint(closing.origin(), grown.size(), grown.root());
        String note = log.signer().note(end, now);
        if (!closing.store().commit(handle, last.size(), List.of(entry), grown, note, now)) {
            throw LogConflict.ofIntegrators(last.size());
        }
        return end;
    }

    private static EntryDraft draft(Handle handle, EntryType type, Map<String, Object> clear) {
        return new EntryDraft(
                type, EvidenceLog.newNumber(handle), Principal.CONSOLE, new TreeMap<>(clear), new TreeMap<>());
    }
}
