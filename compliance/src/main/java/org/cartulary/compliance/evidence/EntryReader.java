package org.cartulary.compliance.evidence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.cartulary.compliance.canonical.CanonicalJson;
import org.cartulary.compliance.keys.DataKeys;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.result.ResultIterator;
import org.jspecify.annotations.Nullable;

/** Reads entries for receipts, reviewers and bundles. Thread-safe. */
final class EntryReader {
    private static final RowMapper<StoredEntry> STORED = (row, context) -> new StoredEntry(
            row.getLong("id"),
            row.getInt("shard"),
            row.getLong("number"),
            row.getObject("tree_index", Long.class),
            row.getBytes("leaf"),
            row.getObject("key_id", Long.class),
            row.getBytes("payload"));

    /** Entries that are looked through at a time. */
    private static final int PAGE = 1_000;

    /** By how much the order of times can differ from that of numbers, which are given first. */
    private static final Duration DISORDER = Duration.ofMinutes(1);

    private final Jdbi jdbi;

    EntryReader(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** An entry and the checkpoint that its receipt is against. */
    record Covered(StoredEntry entry, PublishedNote by) {}

    /** The entry of an id, by the checkpoint of {@link #firstCovering}; empty where none covers it. */
    Optional<Covered> covered(long id) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT e.*, c.size AS covering, c.note || coalesce((SELECT string_agg(s.line, '' ORDER BY s.cosigner)
                            FROM compliance.cosignature s WHERE s.shard = c.shard AND s.size = c.size), '') AS note
                        FROM compliance.entry e JOIN compliance.checkpoint c ON c.shard = e.shard AND c.size = coalesce(
                            (SELECT min(size) FROM compliance.witnessed w
                                WHERE w.shard = e.shard AND w.size > e.tree_index),
                            (SELECT min(size) FROM compliance.checkpoint n
                                WHERE n.shard = e.shard AND n.size > e.tree_index))
                        WHERE e.id = :id""")
                .bind("id", id)
                .map((row, context) -> new Covered(
                        STORED.map(row, context), new PublishedNote(row.getLong("covering"), row.getString("note"))))
                .findOne());
    }

    /** Where an entry stands; its index is null as long as it has none. */
    record Place(int shard, @Nullable Long index) {}

    Optional<Place> place(long id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT shard, tree_index FROM compliance.entry WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> new Place(row.getInt("shard"), row.getObject("tree_index", Long.class)))
                .findOne());
    }

    /** Entries of a shard in tree order, while they are fetched; within a transaction. */
    static ResultIterator<StoredEntry> range(Handle handle, int shard, long from, long to, int fetched) {
        return handle.createQuery("""
                        SELECT * FROM compliance.entry
                        WHERE shard = :shard AND tree_index >= :from AND tree_index < :to ORDER BY tree_index""")
                .setFetchSize(fetched)
                .bind("shard", shard)
                .bind("from", from)
                .bind("to", to)
                .map(STORED)
                .iterator();
    }

    EntryBlocks blocks(int shard) {
        return new EntryBlocks(jdbi, shard);
    }

    /** The token of a time-stamping authority over the checkpoint of a size. */
    Optional<byte[]> timestamp(int shard, long size) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT token FROM compliance.timestamp WHERE shard = :shard AND size = :size")
                .bind("shard", shard)
                .bind("size", size)
                .mapTo(byte[].class)
                .findOne());
    }

    <T> T read(Function<Handle, T> reading) {
        return jdbi.inTransaction(reading::apply);
    }

    /** Who began something: a pseudonym of a shard. */
    record Actor(int shard, String pseudonym) {}

    /** The actor of the first entry of a number. */
    Optional<Actor> beginner(long number) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT shard, actor FROM compliance.entry WHERE number = :number ORDER BY id LIMIT 1")
                .bind("number", number)
                .map((row, context) -> new Actor(row.getInt("shard"), row.getString("actor")))
                .findOne());
    }

    /** The entry that ends the question of this number, or the one entry of another act. */
    Optional<StoredEntry> lastOfNumber(long number) {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        SELECT * FROM compliance.entry
                        WHERE number = :number AND type NOT IN ('asked', 'retrieved') ORDER BY id DESC LIMIT 1""").bind("number", number).map(STORED).findOne());
    }

    /**
     * The first checkpoint to cover a leaf that a quorum of witnesses signed, with what they signed; where none did yet, the
     * first one at all.
     */
    Optional<PublishedNote> firstCovering(int shard, long index) {
        return note(shard, """
                coalesce((SELECT min(size) FROM compliance.witnessed WHERE shard = :shard AND size > :index),
                    (SELECT min(size) FROM compliance.checkpoint WHERE shard = :shard AND size > :index))""", index);
    }

    /** The last checkpoint that a quorum of witnesses signed, with what they signed. */
    Optional<PublishedNote> lastWitnessed(int shard) {
        return note(shard, "(SELECT max(size) FROM compliance.witnessed WHERE shard = :shard AND size > :index)", -1);
    }

    private Optional<PublishedNote> note(int shard, String size, long index) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT c.size, c.note || coalesce((SELECT string_agg(s.line, '' ORDER BY s.cosigner)
                            FROM compliance.cosignature s WHERE s.shard = c.shard AND s.size = c.size), '') AS note
                        FROM compliance.checkpoint c WHERE c.shard = :shard AND c.size =\s""" + size)
                .bind("shard", shard)
                .bind("index", index)
                .map((row, context) -> new PublishedNote(row.getLong("size"), row.getString("note")))
                .findOne());
    }

    /** The entries of a number, opened, oldest first. */
    static List<OpenedEntry> opened(Handle handle, long number, DataKeys keys) {
        return handle.createQuery("SELECT * FROM compliance.entry WHERE number = :number ORDER BY id")
                .bind("number", number)
                .map((row, context) -> opened(STORED.map(row, context), row, keys))
                .list();
    }

    /**
     * The beginnings of questions by a pseudonym in a time, opened, oldest first. Numbers grow with time, so what is read
     * is about what was asked in that time, however long the log.
     *
     * @param actor the pseudonym by shard
     * @param after a number that was given before that time
     */
    static List<OpenedEntry> asked(
            Handle handle, IntFunction<String> actor, long after, Instant from, Instant to, DataKeys keys) {
        List<OpenedEntry> found = new ArrayList<>();
        long last = after;
        boolean more = true;
        while (more) {
            List<Asked> page = handle.createQuery("""
                            SELECT shard, number, recorded_at, actor FROM compliance.entry
                            WHERE type = 'asked' AND number > :last ORDER BY number LIMIT :page""")
                    .bind("last", last)
                    .bind("page", PAGE)
                    .map((row, context) -> new Asked(
                            row.getInt("shard"),
                            row.getLong("number"),
                            row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                            row.getString("actor")))
                    .list();
            page.stream()
                    .filter(asked -> asked.actor().equals(actor.apply(asked.shard())))
                    .filter(asked ->
                            !asked.time().isBefore(from) && !asked.time().isAfter(to))
                    .forEach(asked ->
                            found.add(opened(handle, asked.number(), keys).getFirst()));
            more = page.size() == PAGE && page.getLast().time().isBefore(to.plus(DISORDER));
            last = page.isEmpty() ? last : page.getLast().number();
        }
        return found;
    }

    private record Asked(int shard, long number, Instant time, String actor) {}

    private static OpenedEntry opened(StoredEntry entry, ResultSet row, DataKeys keys) throws SQLException {
        return new OpenedEntry(
                entry.number(),
                EntryType.ofWireName(row.getString("type")),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                entry.shard(),
                entry.treeIndex(),
                row.getString("actor"),
                CanonicalJson.parse(entry.leaf()),
                entry.opened(keys).map(SealedPayload::fields));
    }

    List<EntrySummary> summaries(int shard, long fromIndex, long endIndex, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT tree_index, type, number, recorded_at, actor FROM compliance.entry
                        WHERE shard = :shard AND tree_index >= :from AND tree_index < :end
                        ORDER BY tree_index LIMIT :limit""")
                .bind("shard", shard)
                .bind("from", fromIndex)
                .bind("end", endIndex)
                .bind("limit", limit)
                .map((row, context) -> new EntrySummary(
                        row.getLong("tree_index"),
                        EntryType.ofWireName(row.getString("type")),
                        row.getLong("number"),
                        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                        row.getString("actor")))
                .list());
    }

    List<Long> openQuestions() {
        return jdbi.withHandle(EntryReader::openQuestions);
    }

    static List<Long> openQuestions(Handle handle) {
        return handle.createQuery("""
                        SELECT number FROM compliance.entry asked WHERE type = 'asked' AND NOT EXISTS (
                            SELECT 1 FROM compliance.entry ended WHERE ended.number = asked.number AND ended.type IN
                            ('answered', 'abstained', 'refused', 'failed', 'cancelled', 'interrupted'))
                        ORDER BY number""").mapTo(Long.class).list();
    }
}
