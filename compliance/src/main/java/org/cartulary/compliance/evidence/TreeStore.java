package org.cartulary.compliance.evidence;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.cartulary.compliance.tlog.Checkpoint;
import org.cartulary.compliance.tlog.Frontier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The tree of one shard in the database: its head, its order, and what still waits for a place. Thread-safe. */
final class TreeStore {
    static final int MOST_COUNTED = 10_000;

    private final Jdbi jdbi;
    private final int shard;

    TreeStore(Jdbi jdbi, int shard) {
        this.jdbi = jdbi;
        this.shard = shard;
    }

    LogState load() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT s.size, s.frontier, c.note, c.signed_at FROM compliance.shard s
                        JOIN compliance.checkpoint c ON c.shard = s.id AND c.size = s.size
                        WHERE s.id = :shard""")
                .bind("shard", shard)
                .map((row, context) -> new LogState(
                        Frontier.decode(row.getLong("size"), row.getBytes("frontier")),
                        row.getString("note"),
                        row.getObject("signed_at", OffsetDateTime.class).toInstant()))
                .findOne()
                .orElseThrow(() -> new LogConflict("The database holds no checkpoint for its own tree: restore it")));
    }

    /** The note of the checkpoint of exactly this size. */
    Optional<String> note(long size) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT note FROM compliance.checkpoint WHERE shard = :shard AND size = :size")
                .bind("shard", shard)
                .bind("size", size)
                .mapTo(String.class)
                .findOne());
    }

    List<PendingEntry> pending(int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT id, leaf_hash, leaf FROM compliance.entry WHERE tree_index IS NULL AND shard = :shard
                        ORDER BY id LIMIT :limit""")
                .bind("shard", shard)
                .bind("limit", limit)
                .map((row, context) ->
                        new PendingEntry(row.getLong("id"), row.getBytes("leaf_hash"), row.getBytes("leaf")))
                .list());
    }

    /** How many wait, as far as {@value #MOST_COUNTED}: to count more takes longer than to bring a batch of them in. */
    long countPending() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT count(*) FROM (
                            SELECT 1 FROM compliance.entry WHERE tree_index IS NULL LIMIT :most) AS waiting""")
                .bind("most", MOST_COUNTED)
                .mapTo(Long.class)
                .one());
    }

    /**
     * Gives a batch its places and moves the tree, if it still has the size that the caller started from: the row of
     * the state is taken first, so that of two integrators one waits and then loses.
     */
    boolean commit(long oldSize, List<PendingEntry> batch, Frontier grown, String note, Instant signedAt) {
        return jdbi.inTransaction(handle -> commit(handle, oldSize, batch, grown, note, signedAt));
    }

    /** As {@link #commit(long, List, Frontier, String, Instant)}, in the caller's transaction. */
    boolean commit(
            Handle handle, long oldSize, List<PendingEntry> batch, Frontier grown, String note, Instant signedAt) {
        // One statement, for whoever waits: the row of the state is taken first, the rest follows from it.
        return handle.createQuery("""
                        WITH moved AS (
                            UPDATE compliance.shard SET size = :size, frontier = :frontier
                            WHERE id = :shard AND size = :old AND closed_at IS NULL RETURNING id),
                        noted AS (
                            INSERT INTO compliance.checkpoint (shard, size, root, note, signed_at)
                            SELECT id, :size, :root, :note, :signedAt FROM moved),
                        placed AS (
                            UPDATE compliance.entry e SET tree_index = place.tree_index
                            FROM moved, unnest(:ids, :indexes) AS place (id, tree_index)
                            WHERE e.id = place.id AND e.tree_index IS NULL RETURNING e.id)
                        SELECT (SELECT count(*) FROM moved) AS moved, (SELECT count(*) FROM placed) AS placed""")
                .bind("shard", shard)
                .bind("size", grown.size())
                .bind("frontier", grown.encoded())
                .bind("old", oldSize)
                .bind("root", grown.root())
                .bind("note", note)
                .bind("signedAt", signedAt.atOffset(ZoneOffset.UTC))
                .bind("ids", batch.stream().mapToLong(PendingEntry::id).toArray())
                .bind(
                        "indexes",
                        LongStream.range(oldSize, oldSize + batch.size()).toArray())
                .map((row, context) -> isWhole(row.getLong("moved"), row.getLong("placed"), batch.size()))
                .one();
    }

    private static boolean isWhole(long moved, long placed, int entries) {
        if (moved == 1 && placed != entries) {
            throw new LogConflict("Entries got a place in the tree while another integrator held it");
        }
        return moved == 1;
    }

    static void insertCheckpoint(Handle handle, int shard, Checkpoint checkpoint, String note, Instant signedAt) {
        handle.createUpdate("""
                        INSERT INTO compliance.checkpoint (shard, size, root, note, signed_at)
                        VALUES (:shard, :size, :root, :note, :signedAt)""")
                .bind("shard", shard)
                .bind("size", checkpoint.size())
                .bind("root", checkpoint.root())
                .bind("note", note)
                .bind("signedAt", signedAt.atOffset(ZoneOffset.UTC))
                .execute();
    }

    /** The exact bytes of leaves {@code first} to {@code first + count - 1}. */
    List<byte[]> leaves(long first, int count) {
        List<byte[]> leaves = jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT leaf FROM compliance.entry
                        WHERE shard = :shard AND tree_index >= :first AND tree_index < :end
                        ORDER BY tree_index""")
                .bind("shard", shard)
                .bind("first", first)
                .bind("end", first + count)
                .mapTo(byte[].class)
                .list());
        if (leaves.size() != count) {
            throw new LogConflict("The database lacks leaves between " + first + " and " + (first + count)
                    + ": rows of compliance.entry were deleted; restore the database");
        }
        return leaves;
    }
}
