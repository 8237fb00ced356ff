package org.cartulary.retrieval.lexical;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The numbered changes that derived indexes follow. Thread-safe; every call runs in the caller's transaction.
 */
public final class ChangeLog {
    /** An arbitrary constant that no other part of the database locks. */
    private static final long LOCK = 0x43544C4348414E47L;

    private final Clock clock;

    public ChangeLog(Clock clock) {
        this.clock = clock;
    }

    /**
     * Gives a change its number. From here until the caller's commit or rollback no other change gets one: numbers
     * have no gaps, and whoever sees number n committed sees all before it. So call it last.
     *
     * @return the number
     */
    public long append(Handle handle, @Nullable UUID added, @Nullable UUID removed) {
        handle.execute("SELECT pg_advisory_xact_lock(?)", LOCK);
        long number = last(handle) + 1;
        handle.createUpdate("""
                        INSERT INTO retrieval.changes (number, added, removed, changed_at)
                        VALUES (:number, :added, :removed, :now)
                        """)
                .bind("number", number)
                .bindByType("added", added, UUID.class)
                .bindByType("removed", removed, UUID.class)
                .bind("now", OffsetDateTime.now(clock))
                .execute();
        return number;
    }

    /** The last committed change that the transaction sees; 0 before the first. */
    public static long last(Handle handle) {
        return handle.createQuery("SELECT coalesce(max(number), 0) FROM retrieval.changes")
                .mapTo(Long.class)
                .one();
    }

    /** What a change was and when: no other has its identity, also where a number was given twice. */
    static String identity(Handle handle, long number) {
        return number == 0
                ? "none"
                : handle.createQuery("SELECT coalesce(added::text, '-') || ' ' || coalesce(removed::text, '-') || ' '"
                                + " || extract(epoch FROM changed_at) FROM retrieval.changes WHERE number = :number")
                        .bind("number", number)
                        .mapTo(String.class)
                        .findOne()
                        .orElse("no such change");
    }

    /** Changes after a number, in order. */
    static List<Change> after(Handle handle, long number, int limit) {
        return handle.createQuery("""
                        SELECT number, added, removed FROM retrieval.changes
                        WHERE number > :number ORDER BY number LIMIT :limit
                        """)
                .bind("number", number)
                .bind("limit", limit)
                .map((row, context) -> new Change(
                        row.getLong("number"),
                        row.getObject("added", UUID.class),
                        row.getObject("removed", UUID.class)))
                .list();
    }
}
