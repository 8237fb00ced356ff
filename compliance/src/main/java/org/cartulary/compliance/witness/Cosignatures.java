package org.cartulary.compliance.witness;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What witnesses signed, in {@code compliance.cosignature} and {@code compliance.witnessed}. In the caller's transaction. */
final class Cosignatures {
    private Cosignatures() {}

    /** Whether it is new. */
    static boolean keep(Handle handle, int shard, long size, String cosigner, String line, Instant time) {
        return handle.createUpdate("""
                        INSERT INTO compliance.cosignature (shard, size, cosigner, line, cosigned_at)
                        VALUES (:shard, :size, :cosigner, :line, :time) ON CONFLICT DO NOTHING""")
                        .bind("shard", shard)
                        .bind("size", size)
                        .bind("cosigner", cosigner)
                        .bind("line", line)
                        .bind("time", time.atOffset(ZoneOffset.UTC))
                        .execute()
                == 1;
    }

    /** Who signed the checkpoint of a size: names and key ids. */
    static List<String> cosigners(Handle handle, int shard, long size) {
        return handle.createQuery("""
                        SELECT cosigner FROM compliance.cosignature
                        WHERE shard = :shard AND size = :size ORDER BY cosigner""")
                .bind("shard", shard)
                .bind("size", size)
                .mapTo(String.class)
                .list();
    }

    /** Whether the quorum of that checkpoint is new. */
    static boolean keepQuorum(Handle handle, int shard, long size, Instant time) {
        return handle.createUpdate("""
                        INSERT INTO compliance.witnessed (shard, size, witnessed_at) VALUES (:shard, :size, :time)
                        ON CONFLICT DO NOTHING""")
                        .bind("shard", shard)
                        .bind("size", size)
                        .bind("time", time.atOffset(ZoneOffset.UTC))
                        .execute()
                == 1;
    }

    /** The greatest checkpoint that a quorum has seen, of the last shard of which it saw any. */
    static Optional<Witnessed> last(Handle handle) {
        return handle.createQuery("""
                        SELECT shard, size, witnessed_at FROM compliance.witnessed
                        ORDER BY shard DESC, size DESC LIMIT 1""")
                .map((row, context) -> new Witnessed(
                        row.getInt("shard"),
                        row.getLong("size"),
                        row.getObject("witnessed_at", OffsetDateTime.class).toInstant()))
                .findOne();
    }

    /** The greatest size that a witness signed; 0 where it signed none. */
    static long lastOf(Handle handle, int shard, String cosigner) {
        return handle.createQuery("""
                        SELECT coalesce(max(size), 0) FROM compliance.cosignature
                        WHERE shard = :shard AND cosigner = :cosigner""")
                .bind("shard", shard)
                .bind("cosigner", cosigner)
                .mapTo(Long.class)
                .one();
    }

    /** Whether anything stands in the log behind a size but that witnesses signed it. */
    static boolean isAnythingBehind(Handle handle, int shard, long size) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT 1 FROM compliance.entry
                        WHERE shard = :shard AND tree_index >= :size AND type <> 'checkpoint-witnessed')""")
                .bind("shard", shard)
                .bind("size", size)
                .mapTo(Boolean.class)
                .one();
    }
}
