package org.cartulary.compliance.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.cartulary.compliance.canonical.CanonicalJson;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.tlog.Checkpoint;
import org.jdbi.v3.core.Handle;

/** {@code compliance.restoration}: what was begun, and is gone on with until it is finished. In the callers' transactions. */
final class RestorationRows {
    private RestorationRows() {}

    /** One that is not finished. */
    record Row(
            long number,
            Principal requester,
            Principal approver,
            RestorePlan.End database,
            String origin,
            long size,
            String root,
            JsonNode sealed,
            List<UUID> deleted,
            boolean recorded) {}

    static void insert(
            Handle handle,
            Restoration.Decision decision,
            long number,
            RestorePlan plan,
            Checkpoint published,
            Map<String, Object> sealed,
            Instant now) {
        handle.execute(
                "DELETE FROM compliance.restoration WHERE finished_at IS NULL"); // of a copy that was made within one
        handle.createUpdate("""
                        INSERT INTO compliance.restoration (number, requested_by, approved_by, begun_at, database_origin,
                            database_size, origin, size, root, sealed, deleted)
                        VALUES (:number, :requester, :approver, :now, :databaseOrigin, :databaseSize, :origin, :size, :root,
                            CAST(:sealed AS jsonb), :deleted)""")
                .bind("number", number)
                .bind("requester", decision.requester().id())
                .bind("approver", decision.approver().id())
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("databaseOrigin", plan.database().origin())
                .bind("databaseSize", plan.database().size())
                .bind("origin", published.origin())
                .bind("size", published.size())
                .bind("root", published.root())
                .bind("sealed", CanonicalJson.text(sealed))
                .bindArray("deleted", UUID.class, plan.documentsDeleted())
                .execute();
    }

    static Optional<Row> unfinished(Handle handle) {
        return handle.createQuery("SELECT * FROM compliance.restoration WHERE finished_at IS NULL")
                .map((row, context) -> row(row))
                .findOne();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("number"),
                new Principal(row.getString("requested_by")),
                new Principal(row.getString("approved_by")),
                new RestorePlan.End(row.getString("database_origin"), row.getLong("database_size")),
                row.getString("origin"),
                row.getLong("size"),
                Base64.getEncoder().encodeToString(row.getBytes("root")),
                CanonicalJson.parse(row.getString("sealed").getBytes(StandardCharsets.UTF_8)),
                Arrays.stream((Object[]) row.getArray("deleted").getArray())
                        .map(UUID.class::cast)
                        .toList(),
                row.getBoolean("recorded"));
    }

    static boolean isToBeRecorded(Handle handle) {
        return unfinished(handle).filter(row -> !row.recorded()).isPresent();
    }

    /** Puts what is not on record yet into the shard that begins: that it was asked for, what was done, and that it was approved. */
    static void record(Handle handle, EntryWriter first) {
        unfinished(handle).filter(row -> !row.recorded()).ifPresent(row -> {
            JsonNode reason = row.sealed().path("reason");
            write(handle, first, row, EntryType.ACT_REQUESTED, row.requester(), kind(), Map.of("reason", reason));
            TreeMap<String, Object> sealed = new TreeMap<>();
            row.sealed().properties().forEach(field -> sealed.put(field.getKey(), field.getValue()));
            write(handle, first, row, EntryType.RESTORED, row.approver(), clear(row), sealed);
            write(handle, first, row, EntryType.ACT_EXECUTED, row.approver(), kind(), Map.of());
            handle.execute("UPDATE compliance.restoration SET recorded = true WHERE finished_at IS NULL");
        });
    }

    private static SortedMap<String, Object> kind() {
        return new TreeMap<>(Map.of("kind", Restoration.KIND));
    }

    private static SortedMap<String, Object> clear(Row row) {
        return new TreeMap<>(Map.of(
                "predecessor",
                row.origin(),
                "size",
                row.size(),
                "root",
                row.root(),
                "databaseOrigin",
                row.database().origin(),
                "databaseSize",
                row.database().size()));
    }

    private static void write(
            Handle handle,
            EntryWriter first,
            Row row,
            EntryType type,
            Principal by,
            SortedMap<String, Object> clear,
            Map<String, Object> sealed) {
        long _ = first.write(handle, new EntryDraft(type, row.number(), by, clear, new TreeMap<>(sealed)));
    }

    static void finish(Handle handle, Instant now) {
        handle.createUpdate("UPDATE compliance.restoration SET finished_at = :now WHERE finished_at IS NULL")
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .execute();
    }
}
