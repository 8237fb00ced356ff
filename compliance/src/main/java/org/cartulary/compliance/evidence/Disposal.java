package org.cartulary.compliance.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.cartulary.compliance.keys.DataKeys;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Destroys payloads and whole shards that are due. What goes is on record, with its keys queued, in the transaction that says
 * so; the keys go after it, and after a crash at the next call. Leaves and proofs of a payload stay valid. Thread-safe.
 */
public final class Disposal {
    private static final int BATCH = 1_000;

    private final Jdbi jdbi;
    private final OpenedLog log;
    private final DataKeys keys;
    private final Clock clock;

    Disposal(Jdbi jdbi, OpenedLog log, DataKeys keys, Clock clock) {
        this.jdbi = jdbi;
        this.log = log;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Empties the payloads of a batch of due entries, in the caller's transaction.
     *
     * @return how many; fewer than {@value #BATCH} where that was all
     */
    public int payloads(Handle handle, Due due, Exempt exempt) {
        List<Long> ids = dueEntries(handle, due, exempt, " ORDER BY e.id LIMIT :limit FOR UPDATE", BATCH);
        if (!ids.isEmpty()) {
            empty(handle, ids);
        }
        return ids.size();
    }

    /**
     * How many payloads are due, without touching them.
     *
     * @param most that are counted
     */
    public int count(Handle handle, Due due, Exempt exempt, int most) {
        return dueEntries(handle, due, exempt, " LIMIT :limit", most).size();
    }

    private List<Long> dueEntries(Handle handle, Due due, Exempt exempt, String which, int limit) {
        return handle.createQuery("""
                        SELECT e.id FROM compliance.entry e
                        WHERE e.type = ANY (:types) AND e.recorded_at < :before AND e.tree_index IS NOT NULL
                          AND e.key_id IS NOT NULL AND octet_length(e.payload) > 0
                          AND e.number <> ALL (:numbers)
                          AND NOT EXISTS (SELECT 1 FROM compliance.mention m
                              WHERE m.number = e.number AND m.token = ANY (:exempt))
                          AND (cardinality(CAST(:only AS bytea[])) = 0 OR EXISTS (SELECT 1 FROM compliance.mention m
                              WHERE m.number = e.number AND m.token = ANY (:only)))""" + which)
                .bindArray(
                        "types",
                        String.class,
                        due.types().stream().map(EntryType::wireName).toArray())
                .bind("before", due.before().atOffset(ZoneOffset.UTC))
                .bindArray("numbers", Long.class, exempt.numbers().toArray())
                .bindArray("exempt", byte[].class, (Object[]) exemptTokens(exempt, due.except()))
                .bindArray("only", byte[].class, (Object[]) only(due))
                .bind("limit", limit)
                .mapTo(Long.class)
                .list();
    }

    /** Whether a batch of so many leaves more. */
    public static boolean isFull(int batch) {
        return batch == BATCH;
    }

    /** Empties payloads, whose keys go at the next turn. */
    static void empty(Handle handle, List<Long> ids) {
        handle.createUpdate("""
                        WITH emptied AS (
                            UPDATE compliance.entry SET payload = '' WHERE id = ANY (:ids) RETURNING key_id)
                        INSERT INTO compliance.key_to_destroy (key_id)
                        SELECT key_id FROM emptied ON CONFLICT DO NOTHING""").bindArray("ids", Long.class, ids.toArray()).execute();
        // What is left of a number in the table of mentions would still say what it was about.
        handle.createUpdate("""
                        DELETE FROM compliance.mention m WHERE m.number IN (
                            SELECT number FROM compliance.entry WHERE id = ANY (:ids))
                        AND NOT EXISTS (SELECT 1 FROM compliance.entry e
                            WHERE e.number = m.number AND octet_length(e.payload) > 0)""").bindArray("ids", Long.class, ids.toArray()).execute();
    }

    private byte[][] only(Due due) {
        return due.collection().isEmpty()
                ? new byte[0][]
                : EntrySearch.tokens(log, new Mention(Mention.Kind.COLLECTION, due.collection()));
    }

    private byte[][] exemptTokens(Exempt exempt, List<String> collections) {
        List<Mention> mentions = new ArrayList<>();
        add(mentions, exempt.documents(), value -> new Mention(Mention.Kind.DOCUMENT, value));
        add(mentions, exempt.collections(), value -> new Mention(Mention.Kind.COLLECTION, value));
        add(mentions, exempt.references(), value -> new Mention(Mention.Kind.REFERENCE, value));
        add(mentions, collections, value -> new Mention(Mention.Kind.COLLECTION, value));
        return mentions.stream()
                .flatMap(mention -> Stream.of(EntrySearch.tokens(log, mention)))
                .toArray(byte[][]::new);
    }

    private static void add(List<Mention> mentions, List<String> values, Function<String, Mention> mention) {
        values.stream().map(mention).forEach(mentions::add);
    }

    /** Destroys the keys that are queued. */
    public void destroyKeys() {
        List<Long> queued = jdbi.withHandle(
                handle -> handle.createQuery("SELECT key_id FROM compliance.key_to_destroy ORDER BY key_id")
                        .mapTo(Long.class)
                        .list());
        for (long key : queued) {
            keys.destroy(key);
            jdbi.useHandle(handle -> handle.execute("DELETE FROM compliance.key_to_destroy WHERE key_id = ?", key));
        }
    }

    /**
     * Destroys a closed shard with all its entries and proofs, in the caller's transaction; its files and keys go by
     * {@link #finishShards}.
     *
     * @return whether there was nothing in it that is exempt
     * @throws IllegalArgumentException where it is open, or no shard
     */
    public boolean shard(Handle handle, Shard shard, Exempt exempt) {
        if (shard.closedAt() == null) {
            throw new IllegalArgumentException("The shard " + shard.name() + " is still written");
        }
        if (isHeld(handle, shard, exempt)) {
            return false;
        }
        destroy(handle, shard, clock);
        return true;
    }

    /** Removes the rows of a shard; its keys, files and pseudonym keys go at the next turn. */
    static void destroy(Handle handle, Shard shard, Clock clock) {
        handle.createUpdate("""
                        INSERT INTO compliance.key_to_destroy (key_id)
                        SELECT key_id FROM compliance.entry WHERE shard = :shard AND key_id IS NOT NULL
                        ON CONFLICT DO NOTHING""").bind("shard", shard.id()).execute();
        for (String table : List.of("mention", "witnessed", "cosignature", "timestamp", "checkpoint", "entry")) {
            handle.createUpdate("DELETE FROM compliance." + table + " WHERE shard = :shard")
                    .bind("shard", shard.id())
                    .execute();
        }
        handle.createUpdate("UPDATE compliance.shard SET destroyed_at = :now WHERE id = :shard")
                .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                .bind("shard", shard.id())
                .execute();
    }

    /** Whether there is something exempt in a shard. */
    public boolean isHeld(Handle handle, Shard shard, Exempt exempt) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT 1 FROM compliance.mention WHERE shard = :shard AND token = ANY (:exempt))
                            OR EXISTS (SELECT 1 FROM compliance.entry WHERE shard = :shard AND number = ANY (:numbers))""")
                .bind("shard", shard.id())
                .bindArray("exempt", byte[].class, (Object[]) exemptTokens(exempt, List.of()))
                .bindArray("numbers", Long.class, exempt.numbers().toArray())
                .mapTo(Boolean.class)
                .one();
    }

    /** Removes the files and the pseudonym keys of shards that were destroyed. */
    public void finishShards() {
        try {
            log.forgetDestroyed();
        } catch (IOException e) {
            throw new UncheckedIOException("The files of a destroyed shard cannot be removed", e);
        }
    }
}
