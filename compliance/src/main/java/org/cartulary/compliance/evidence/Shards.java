package org.cartulary.compliance.evidence;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.cartulary.compliance.tlog.Checkpoint;
import org.cartulary.compliance.tlog.Frontier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The shards in the database. Thread-safe. */
final class Shards {
    /** Held by whoever appends, with others, until his transaction ends; and alone by whoever closes a shard. */
    static final long APPENDING = 0x6361_7274_6c6f_67L;

    private final Jdbi jdbi;

    Shards(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** All of them but those that were destroyed, the open one last. */
    List<Shard> all() {
        return jdbi.withHandle(Shards::all);
    }

    /** As {@link #all()}, as a transaction sees them. */
    static List<Shard> all(Handle handle) {
        return those(handle, "destroyed_at IS NULL");
    }

    /** Those that were destroyed, of which nothing but the name is left. */
    List<Shard> destroyed() {
        return jdbi.withHandle(handle -> those(handle, "destroyed_at IS NOT NULL"));
    }

    private static List<Shard> those(Handle handle, String condition) {
        return handle.createQuery("SELECT id, origin, vkey, opened_at, closed_at FROM compliance.shard WHERE "
                        + condition + " ORDER BY id")
                .map((row, context) -> new Shard(
                        row.getInt("id"),
                        row.getString("origin"),
                        row.getString("vkey"),
                        row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getObject("closed_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)
                                .orElse(null)))
                .list();
    }

    /** Begins the log, if nobody else did meanwhile. */
    void found(Shard first, String note) {
        jdbi.useTransaction(handle -> {
            int founded = insert(handle, first);
            if (founded == 1) {
                TreeStore.insertCheckpoint(handle, first.id(), empty(first), note, first.openedAt());
            }
        });
    }

    /** How many were inserted: none where there is one already. */
    static int insert(Handle handle, Shard shard) {
        return handle.createUpdate("""
                        INSERT INTO compliance.shard (id, origin, vkey, opened_at, size, frontier)
                        VALUES (:id, :origin, :vkey, :openedAt, 0, :frontier) ON CONFLICT DO NOTHING""")
                .bind("id", shard.id())
                .bind("origin", shard.origin())
                .bind("vkey", shard.vkey())
                .bind("openedAt", shard.openedAt().atOffset(ZoneOffset.UTC))
                .bind("frontier", Frontier.EMPTY.encoded())
                .execute();
    }

    /** Closes a shard and opens the next; the caller holds {@link #APPENDING} alone. */
    static void succeed(Handle handle, Shard closed, Shard next, String note) {
        if (!close(handle, closed, next.openedAt()) || insert(handle, next) != 1) {
            throw new LogConflict(
                    "Shard " + closed.name() + " was closed by somebody else: only one appliance may write"
                            + " a log; stop the other one and restart");
        }
        TreeStore.insertCheckpoint(handle, next.id(), empty(next), note, next.openedAt());
    }

    /** Whether it was open. */
    static boolean close(Handle handle, Shard shard, Instant at) {
        return handle.createUpdate("UPDATE compliance.shard SET closed_at = :at WHERE id = :id AND closed_at IS NULL")
                        .bind("id", shard.id())
                        .bind("at", at.atOffset(ZoneOffset.UTC))
                        .execute()
                == 1;
    }

    static Checkpoint empty(Shard shard) {
        return new Checkpoint(shard.origin(), 0, Frontier.EMPTY.root());
    }

    /** An id for an entry, which its shard cannot be closed before. */
    static long lockedId(Handle handle) {
        // The id after the lock: ids decide the order within a shard, and its first entry is that which opens it.
        return handle.createQuery("""
                        SELECT nextval('compliance.entry_id'), held
                        FROM (SELECT pg_advisory_xact_lock_shared(:lock) AS held OFFSET 0) AS locked""")
                .bind("lock", APPENDING)
                .map((row, context) -> row.getLong(1))
                .one();
    }

    /** Whether nobody appends now, and nobody will until {@link #unlock}. */
    static boolean lock(Handle handle) {
        return handle.createQuery("SELECT pg_try_advisory_lock(:lock)")
                .bind("lock", APPENDING)
                .mapTo(Boolean.class)
                .one();
    }

    /** As {@link #lock}, but whoever would append waits until those are done who append now, at most for so long. */
    static boolean lock(Handle handle, int patienceMillis) {
        handle.execute("SET lock_timeout = " + patienceMillis);
        try {
            handle.createQuery("SELECT 1, pg_advisory_lock(:lock)")
                    .bind("lock", APPENDING)
                    .map((row, context) -> row.getInt(1))
                    .one();
            return true;
        } catch (org.jdbi.v3.core.statement.UnableToExecuteStatementException e) {
            if (e.getCause() instanceof java.sql.SQLException sql && "55P03".equals(sql.getSQLState())) {
                return false;
            }
            throw e;
        } finally {
            handle.execute("RESET lock_timeout");
        }
    }

    static void unlock(Handle handle) {
        handle.createQuery("SELECT pg_advisory_unlock(:lock)")
                .bind("lock", APPENDING)
                .mapTo(Boolean.class)
                .one();
    }
}
