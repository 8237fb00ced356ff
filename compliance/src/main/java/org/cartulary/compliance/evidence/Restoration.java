package org.cartulary.compliance.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import org.cartulary.compliance.canonical.CanonicalJson;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.keys.Pseudonyms;
import org.cartulary.compliance.tlog.Checkpoint;
import org.cartulary.compliance.tlog.Frontier;
import org.cartulary.compliance.tlog.LogDirectory;
import org.cartulary.compliance.tlog.NoteVerifier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Brings an older copy of the database back to what is published of the log, whose directory and keys are newer. All of it is one
 * transaction; the next {@link EvidenceLog#open} then closes the shard and begins another one, whose first entries say what was done,
 * and whoever owns documents deletes again what was deleted since. Until {@link #finish} every start goes on with that. Works on a
 * stopped home; for one thread.
 */
public final class Restoration {
    /** The kind of the act of two people. */
    public static final String KIND = "restore";

    private static final int MOST_SEALED = 10_000;

    private final Jdbi jdbi;
    private final DataKeys keys;
    private final Path home;
    private final Clock clock;

    public Restoration(Jdbi jdbi, DataKeys keys, Path home, Clock clock) {
        this.jdbi = jdbi;
        this.keys = keys;
        this.home = home;
        this.clock = clock;
    }

    /** Who decided it, and why. */
    public record Decision(Principal requester, Principal approver, String reason) {}

    /** What others do in the same transaction. */
    @FunctionalInterface
    public interface Alongside {
        /**
         * Does it.
         *
         * @param number of the act
         * @return what is to be sealed about it, by name
         */
        Map<String, Object> run(Handle handle, long number, RestorePlan plan);
    }

    /** One that was begun and is not finished. */
    public record Unfinished(Principal approver, List<UUID> documentsDeleted, boolean recorded) {
        public Unfinished {
            documentsDeleted = List.copyOf(documentsDeleted);
        }
    }

    public static Optional<Unfinished> unfinished(Handle handle) {
        return RestorationRows.unfinished(handle)
                .map(row -> new Unfinished(row.approver(), row.deleted(), row.recorded()));
    }

    /** Says that all is done that followed. */
    public static void finish(Handle handle, Instant now) {
        RestorationRows.finish(handle, now);
    }

    /**
     * What it would do; nothing is changed.
     *
     * @param look at the database as it would be
     * @throws RestoreRefused where it cannot be done, or there is nothing to do
     */
    public <T> T plan(BiFunction<Handle, RestorePlan, T> look) {
        return jdbi.inTransaction(handle -> {
            try {
                return look.apply(handle, bringBack(handle).plan());
            } finally {
                handle.rollback();
            }
        });
    }

    /**
     * Does it, up to the commit of one transaction; the rest follows at the next start.
     *
     * @throws RestoreRefused where it cannot be done, or there is nothing to do; nothing was changed
     */
    public RestorePlan carryOut(Decision decision, Alongside alongside) {
        return jdbi.inTransaction(handle -> {
            Brought brought = bringBack(handle);
            new Replays(handle, keys, clock).passOverNumbers(brought.lastNumber());
            RestorePlan plan = brought.plan();
            long number = EvidenceLog.newNumber(handle);
            Map<String, Object> sealed = sealed(plan, decision.reason());
            sealed.putAll(alongside.run(handle, number, plan));
            RestorationRows.insert(handle, decision, number, plan, brought.published(), sealed, clock.instant());
            return plan;
        });
    }

    private static Map<String, Object> sealed(RestorePlan plan, String reason) {
        Map<String, Object> sealed = new TreeMap<>();
        sealed.put("reason", reason);
        sealed.put("entries", plan.entries());
        sealed.put("payloads", plan.payloads());
        sealed.put(
                "documentsLost",
                plan.documentsLost().stream()
                        .limit(MOST_SEALED)
                        .map(lost -> lost.document().toString())
                        .toList());
        sealed.put(
                "documentsDeleted",
                plan.documentsDeleted().stream()
                        .limit(MOST_SEALED)
                        .map(UUID::toString)
                        .toList());
        sealed.put(
                "changesLost",
                plan.changesLost().stream()
                        .limit(MOST_SEALED)
                        .map(lost -> Map.of(
                                "type",
                                lost.type().wireName(),
                                "number",
                                lost.number(),
                                "time",
                                CanonicalJson.time(lost.at())))
                        .toList());
        sealed.put(
                "openQuestions",
                plan.openQuestions().stream().limit(MOST_SEALED).toList());
        return sealed;
    }

    /** What was done in the transaction. */
    private record Brought(RestorePlan plan, Checkpoint published, long lastNumber) {}

    private Brought bringBack(Handle handle) {
        try {
            requireAlone(handle);
            requireKeysAsNew(handle);
            Shard open = openShard(handle);
            LogState state = database(open);
            SinceCopy since = new SinceCopy();
            List<OpenedShard> shards = new ArrayList<>();
            Checkpoint published = follow(handle, open, state.frontier(), since, shards);
            if (since.entries() == 0) {
                throw new RestoreRefused("The database is not behind the published log, which both end at entry "
                        + state.size() + " of " + open.origin() + ": there is nothing to restore. Start the appliance");
            }
            return new Brought(replayed(handle, open, state, published, since, shards), published, since.lastNumber());
        } catch (IOException e) {
            throw new UncheckedIOException("The log directory " + home.resolve("log") + " cannot be read", e);
        }
    }

    /** Held until the transaction ends: whoever writes to this database from another home would fork the log. */
    private static void requireAlone(Handle handle) {
        boolean alone = handle.createQuery("SELECT pg_try_advisory_xact_lock(:lock)")
                .bind("lock", Shards.APPENDING)
                .mapTo(Boolean.class)
                .one();
        if (!alone) {
            throw new RestoreRefused("Somebody writes to this database: stop every appliance that uses it");
        }
    }

    /** A key of an id that is given again would open what it should not. */
    private void requireKeysAsNew(Handle handle) {
        long last = handle.createQuery("SELECT coalesce(max(key_id), -1) FROM compliance.entry")
                .mapTo(Long.class)
                .one();
        if (last >= keys.given()) {
            throw new RestoreRefused(
                    "The database uses the data key " + last + " but HOME/keys/data ends at " + (keys.given() - 1)
                            + ": the keys are an old copy. Put the newest copy of HOME/keys in place first");
        }
    }

    private static Shard openShard(Handle handle) {
        List<Shard> known = Shards.all(handle);
        if (known.isEmpty()) {
            throw new RestoreRefused(
                    "The database is empty: it knows neither this log nor anybody who could decide. Put a"
                            + " copy of this home's database in place first, the newest that there is");
        }
        return known.getLast();
    }

    private LogState database(Shard open) {
        LogState state = new TreeStore(jdbi, open.id()).load();
        Checkpoint head;
        try {
            head = Checkpoint.parse(NoteVerifier.parse(open.vkey()).open(state.note()));
        } catch (IllegalArgumentException e) {
            throw new RestoreRefused(
                    "The database's own checkpoint is not one that its log signed: " + e.getMessage(), e);
        }
        Frontier frontier = state.frontier();
        if (!head.equals(new Checkpoint(open.origin(), frontier.size(), frontier.root()))) {
            throw new RestoreRefused("The database's tree and its checkpoint disagree: take another copy of it");
        }
        return state;
    }

    /** From the shard in which the database ends to the one that is published as the open one. */
    private Checkpoint follow(Handle handle, Shard first, Frontier database, SinceCopy since, List<OpenedShard> shards)
            throws IOException {
        Shard shard = first;
        Frontier from = database;
        Optional<LogDirectory> directory = Optional.of(directoryOf(shard)
                .orElseThrow(() -> new RestoreRefused("The published files of " + first.origin()
                        + ", in which the database ends, are neither in HOME/log nor in HOME/log/" + first.name()
                        + ": put them back from a backup. If that shard was destroyed since, because retention said so, this"
                        + " copy of the database is too old to be restored")));
        while (true) {
            PublishedShard published = PublishedShard.read(directory.get(), shard);
            OpenedShard opened = opened(shard, directory.get());
            shards.add(opened);
            MissingLeaves missing = new MissingLeaves(handle, opened, published, since);
            missing.bringBack(from);
            Optional<Shard> next = missing.closing().map(leaf -> successor(opened.shard(), leaf));
            if (next.isEmpty()) {
                return published.head();
            }
            if (missing.leavesAny()) {
                throw new RestoreRefused("The database holds entries of " + shard.origin()
                        + " that were never published, though that shard was closed: database and log directory do not"
                        + " belong together. Take another copy of the database");
            }
            close(handle, shard, next.get());
            directory = directoryOf(next.get());
            if (directory.isEmpty()) {
                new SuccessorShard(jdbi, keys, home, clock).open(handle, next.get(), published.head());
                return published.head();
            }
            shard = next.get();
            from = Frontier.EMPTY;
        }
    }

    private Optional<LogDirectory> directoryOf(Shard shard) throws IOException {
        LogDirectory root = new LogDirectory(home.resolve("log"));
        Path own = home.resolve("log").resolve(shard.name());
        if (root.vkey().filter(shard.vkey()::equals).isPresent()) {
            if (Files.exists(own)) {
                root.moveTo(own); // its move was cut short
            }
            return Optional.of(root);
        }
        return Files.exists(own.resolve("log.vkey")) ? Optional.of(new LogDirectory(own)) : Optional.empty();
    }

    private OpenedShard opened(Shard shard, LogDirectory directory) {
        return new OpenedShard(
                shard,
                new TreeStore(jdbi, shard.id()),
                directory,
                NoteVerifier.parse(shard.vkey()),
                Pseudonyms.open(home, shard.name()));
    }

    private static Shard successor(Shard closed, JsonNode closing) {
        return new Shard(
                closed.id() + 1,
                closing.path("successor").asText(),
                closing.path("successorKey").asText(),
                Instant.parse(closing.path("time").asText()),
                null);
    }

    private void close(Handle handle, Shard closed, Shard next) {
        Shards.close(handle, closed, next.openedAt());
        if (Shards.insert(handle, next) != 1) {
            throw new RestoreRefused("The database knows " + next.origin()
                    + " or another shard in its place, though it is" + " behind it: take another copy of the database");
        }
        if (!closed.vkey()
                .substring(closed.vkey().lastIndexOf('+'))
                .equals(next.vkey().substring(next.vkey().lastIndexOf('+')))) {
            handle.execute("DELETE FROM compliance.rotation_wanted"); // it came about since
        }
    }

    private RestorePlan replayed(
            Handle handle,
            Shard open,
            LogState state,
            Checkpoint published,
            SinceCopy since,
            List<OpenedShard> shards) {
        Replays replays = new Replays(handle, keys, clock);
        replays.decide(since.decided(), shards);
        replays.passOverPolicyVersions(since.lastPolicyVersion());
        List<String> destroyed = replays.destroyShards(Shards.all(handle), since.destroyedShards());
        return new RestorePlan(
                new RestorePlan.End(open.origin(), state.size()),
                new RestorePlan.End(published.origin(), published.size()),
                since.entries(),
                since.payloads(),
                since.documentsLost(),
                since.documentsDeleted(),
                since.changesLost(),
                EntryReader.openQuestions(handle),
                replays.emptyPayloads(),
                destroyed);
    }
}
