package org.cartulary.compliance.retention;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * How long the payloads of entries, or whole shards, are kept.
 *
 * @param collection id, or empty for all that have no rule of their own; always empty for people, other and shards
 * @param days 1 to 36,500
 */
public record RetentionRule(RetentionClass of, String collection, int days, Instant setAt) {
    static final int MAX_DAYS = 36_500;

    /** All of them. */
    public static List<RetentionRule> all(Handle handle) {
        return handle.createQuery("SELECT * FROM compliance.retention_rule ORDER BY class, collection")
                .map((row, context) -> new RetentionRule(
                        RetentionClass.named(row.getString("class")).orElseThrow(),
                        row.getString("collection"),
                        row.getInt("days"),
                        row.getObject("set_at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
