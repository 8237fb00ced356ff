package org.cartulary.compliance.rights;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Which document bears which marking, now and at any time before. Runs in the callers' transactions; thread-safe. */
public final class Markings {
    private Markings() {}

    /**
     * The marking of these labels and level, made where there is none yet. That opens nothing: rights are looked up for it
     * as for any other.
     */
    public static Marking of(Handle handle, UUID collection, Set<UUID> labels, int level) {
        SortedSet<UUID> sorted = new TreeSet<>(labels);
        handle.createUpdate("""
                        INSERT INTO compliance.marking (collection, labels, level)
                        VALUES (:collection, :labels, :level) ON CONFLICT DO NOTHING""")
                .bind("collection", collection)
                .bindArray("labels", UUID.class, sorted)
                .bind("level", level)
                .execute();
        return handle.createQuery("SELECT * FROM compliance.marking WHERE collection = :collection"
                        + " AND labels = :labels AND level = :level")
                .bind("collection", collection)
                .bindArray("labels", UUID.class, sorted)
                .bind("level", level)
                .map((row, context) -> marking(row))
                .one();
    }

    /**
     * What a document gets because of its collection and its path, together with what it is marked with itself: all
     * labels, and the highest level.
     *
     * @param labels of the document itself
     * @param level of the document itself, or null where only path and house decide
     */
    public static Marking forPath(
            Handle handle, UUID collection, String path, Set<UUID> labels, @Nullable Integer level, long version) {
        SortedSet<UUID> all = new TreeSet<>(labels);
        int highest = level == null ? Levels.of(handle, version).document() : level;
        for (PathRule rule : PathRules.matching(handle, collection, path, version)) {
            all.addAll(rule.labels());
            highest = Math.max(highest, rule.level() == null ? 0 : rule.level());
        }
        return of(handle, collection, all, highest);
    }

    /** Lets a document bear a marking from now on; false where it does already. */
    public static boolean mark(Handle handle, UUID document, Marking marking, Instant now) {
        Optional<Long> before = handle.createQuery(
                        "SELECT marking FROM compliance.marked WHERE document = :document AND until IS NULL FOR UPDATE")
                .bind("document", document)
                .mapTo(Long.class)
                .findOne();
        if (before.isPresent() && before.get() == marking.id()) {
            return false;
        }
        unmark(handle, document, now);
        handle.createUpdate(
                        "INSERT INTO compliance.marked (document, marking, since) VALUES (:document, :marking, :now)")
                .bind("document", document)
                .bind("marking", marking.id())
                .bind("now", utc(now))
                .execute();
        return true;
    }

    /** Ends a document's marking, because the document is gone. */
    public static void unmark(Handle handle, UUID document, Instant now) {
        handle.createUpdate("UPDATE compliance.marked SET until = greatest(since, :now)"
                        + " WHERE document = :document AND until IS NULL")
                .bind("document", document)
                .bind("now", utc(now))
                .execute();
    }

    /** What a document bore at a time; empty where it did not exist then. */
    public static Optional<Marking> at(Handle handle, UUID document, Instant time) {
        return handle.createQuery("""
                        SELECT m.* FROM compliance.marked d JOIN compliance.marking m ON m.id = d.marking
                        WHERE d.document = :document AND d.since <= :time AND (d.until IS NULL OR d.until > :time)""")
                .bind("document", document)
                .bind("time", utc(time))
                .map((row, context) -> marking(row))
                .findOne();
    }

    /** What these documents bear now, by id; those that do not exist are missing. */
    public static Map<UUID, Marking> now(Handle handle, Set<UUID> documents) {
        Map<UUID, Marking> found = new TreeMap<>();
        handle.createQuery("""
                        SELECT d.document, m.* FROM compliance.marked d JOIN compliance.marking m ON m.id = d.marking
                        WHERE d.document = ANY(:documents) AND d.until IS NULL""")
                .bindArray("documents", UUID.class, documents)
                .map((row, context) -> Map.entry(row.getObject("document", UUID.class), marking(row)))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    /**
     * Documents that bore one of these markings at a time, by id.
     *
     * @param after only ids that come after it
     */
    public static List<UUID> documentsAt(Handle handle, Set<Long> markings, Instant time, UUID after, int limit) {
        return handle.createQuery("""
                        SELECT document FROM compliance.marked
                        WHERE marking = ANY(:markings) AND since <= :time AND (until IS NULL OR until > :time)
                            AND document > :after
                        ORDER BY document LIMIT :limit""")
                .bindArray("markings", Long.class, markings)
                .bind("time", utc(time))
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list();
    }

    /** All markings of some collections. */
    static List<Marking> ofCollections(Handle handle, Set<UUID> collections) {
        return handle.createQuery("SELECT * FROM compliance.marking WHERE collection = ANY(:collections) ORDER BY id")
                .bindArray("collections", UUID.class, collections)
                .map((row, context) -> marking(row))
                .list();
    }

    private static Marking marking(ResultSet row) throws SQLException {
        return new Marking(
                row.getLong("id"),
                row.getObject("collection", UUID.class),
                new TreeSet<>(Arrays.asList((UUID[]) row.getArray("labels").getArray())),
                row.getInt("level"));
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
