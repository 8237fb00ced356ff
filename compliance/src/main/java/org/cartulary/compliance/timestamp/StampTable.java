package org.cartulary.compliance.timestamp;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Tokens and carried questions, in {@code compliance.timestamp} and {@code compliance.timestamp_query}. In the caller's
 * transaction.
 */
final class StampTable {
    /** Carried questions whose answers are still taken. */
    static final int OPEN_QUERIES = 100;

    private StampTable() {}

    /** Keeps a token; of two over one checkpoint the earlier, which says more. */
    static void keep(Handle handle, Stamp stamp) {
        handle.createUpdate("""
                        INSERT INTO compliance.timestamp AS kept (shard, size, token, stamped_at)
                        VALUES (:shard, :size, :token, :time)
                        ON CONFLICT (shard, size) DO UPDATE SET token = excluded.token, stamped_at = excluded.stamped_at
                        WHERE kept.stamped_at > excluded.stamped_at""")
                .bind("shard", stamp.shard())
                .bind("size", stamp.size())
                .bind("token", stamp.token())
                .bind("time", stamp.time().atOffset(ZoneOffset.UTC))
                .execute();
    }

    /** Of the last shard of which any was stamped. */
    static Optional<Stamp> last(Handle handle) {
        return handle.createQuery("""
                        SELECT shard, size, token, stamped_at FROM compliance.timestamp
                        ORDER BY shard DESC, size DESC LIMIT 1""").map((row, context) -> stamp(row)).findOne();
    }

    /** The first checkpoint with a token that covers an entry. */
    static Optional<Stamp> firstCovering(Handle handle, int shard, long index) {
        return handle.createQuery("""
                        SELECT shard, size, token, stamped_at FROM compliance.timestamp WHERE shard = :shard AND size > :index
                        ORDER BY size LIMIT 1""")
                .bind("shard", shard)
                .bind("index", index)
                .map((row, context) -> stamp(row))
                .findOne();
    }

    /** Newest first. */
    static List<Stamp> newest(Handle handle, int limit) {
        return handle.createQuery("""
                        SELECT shard, size, token, stamped_at FROM compliance.timestamp
                        ORDER BY shard DESC, size DESC LIMIT :limit""")
                .bind("limit", limit)
                .map((row, context) -> stamp(row))
                .list();
    }

    static long count(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM compliance.timestamp")
                .mapTo(Long.class)
                .one();
    }

    private static Stamp stamp(ResultSet row) throws SQLException {
        return new Stamp(
                row.getInt("shard"),
                row.getLong("size"),
                row.getObject("stamped_at", OffsetDateTime.class).toInstant(),
                row.getBytes("token"));
    }

    /** Keeps a question that somebody carries away, unless one about that checkpoint is kept, and forgets the oldest of many. */
    static void keepQuery(Handle handle, StampQuery query, Instant now) {
        handle.createUpdate("""
                        INSERT INTO compliance.timestamp_query (shard, size, query, asked_at)
                        VALUES (:shard, :size, :query, :now) ON CONFLICT DO NOTHING""")
                .bind("shard", query.shard())
                .bind("size", query.size())
                .bind("query", query.der())
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute();
        handle.createUpdate("""
                        DELETE FROM compliance.timestamp_query WHERE (shard, size) IN (
                        SELECT shard, size FROM compliance.timestamp_query
                        ORDER BY asked_at DESC, shard DESC, size DESC OFFSET :kept)""").bind("kept", OPEN_QUERIES).execute();
    }

    static Optional<StampQuery> query(Handle handle, int shard, long size) {
        return handle.createQuery("SELECT query FROM compliance.timestamp_query WHERE shard = :shard AND size = :size")
                .bind("shard", shard)
                .bind("size", size)
                .map((row, context) -> StampQuery.read(shard, size, row.getBytes("query")))
                .findOne();
    }

    static List<StampQuery> queries(Handle handle) {
        return handle.createQuery("SELECT shard, size, query FROM compliance.timestamp_query")
                .map((row, context) -> StampQuery.read(row.getInt("shard"), row.getLong("size"), row.getBytes("query")))
                .list();
    }

    static void forgetQuery(Handle handle, int shard, long size) {
        handle.execute("DELETE FROM compliance.timestamp_query WHERE shard = ? AND size = ?", shard, size);
    }
}
