package org.cartulary.compliance.evidence;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cartulary.compliance.evidence.Mention.Kind;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Finds what reviewers look for by what stands in clear and by what entries mention, latest first. */
final class EntrySearch {
    private static final String[] FOLLOWING = Arrays.stream(EntryType.values())
            .filter(EntryType::followsAsked)
            .map(EntryType::wireName)
            .toArray(String[]::new);
    private static final String[] ENDS = Arrays.stream(EntryType.values())
            .filter(EntryType::endsQuestion)
            .map(EntryType::wireName)
            .toArray(String[]::new);

    private final OpenedLog log;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();

    private EntrySearch(OpenedLog log) {
        this.log = log;
    }

    /**
     * Those with a number below {@code before}, each number once, by the first of its entries that is wanted: a page can then
     * end between any two.
     *
     * @param limit at most so many
     */
    static List<Found> find(Handle handle, OpenedLog log, Wanted wanted, long before, int limit) {
        EntrySearch search = new EntrySearch(log);
        search.take(wanted);
        return search.run(handle, before, limit);
    }

    private void take(Wanted wanted) {
        condition(wanted.questions() ? "b.type = 'asked'" : "b.type <> ALL (:following)");
        if (!wanted.questions()) {
            values.put("following", FOLLOWING);
        }
        time("b.recorded_at >= :from", "from", wanted.from());
        time("b.recorded_at < :to", "to", wanted.to());
        if (wanted.actor() != null) {
            condition("b.actor = :actor");
            values.put("actor", wanted.actor());
        }
        if (wanted.outcome() != null) {
            condition("e.type = :outcome");
            values.put("outcome", wanted.outcome().wireName());
        }
        mention(Kind.DOCUMENT, wanted.document());
        mention(Kind.REFERENCE, wanted.reference());
        mention(Kind.MODEL, wanted.model());
    }

    private void condition(String sql) {
        conditions.add(sql);
    }

    private void time(String sql, String name, @Nullable Instant time) {
        if (time != null) {
            condition(sql);
            values.put(name, time.atOffset(ZoneOffset.UTC));
        }
    }

    private void mention(Kind kind, @Nullable String value) {
        if (value != null) {
            String name = "tokens" + kind.name();
            condition("b.number IN (SELECT number FROM compliance.mention WHERE token = ANY (:" + name + "))");
            values.put(name, tokens(log, new Mention(kind, value)));
        }
    }

    /** What stands for a mention in the table, one token for each shard. */
    static byte[][] tokens(OpenedLog log, Mention mention) {
        return log.shards().stream()
                .map(shard -> shard.pseudonyms().token(mention.text()))
                .toArray(byte[][]::new);
    }

    private List<Found> run(Handle handle, long before, int limit) {
        Query query = handle.createQuery(
                """
                SELECT DISTINCT ON (b.number) b.number, b.type, b.shard, b.actor, b.recorded_at, e.type AS ended, e.recorded_at AS ended_at
                FROM compliance.entry b
                LEFT JOIN compliance.entry e
                    ON e.number = b.number AND b.type = 'asked' AND e.type = ANY (:ends)
                WHERE b.number < :before AND\s""" + String.join(" AND ", conditions) + " ORDER BY b.number DESC, b.id LIMIT :limit");
        values.forEach((name, value) -> bind(query, name, value));
        return query.bind("before", before)
                .bind("ends", ENDS)
                .bind("limit", limit)
                .map((row, context) -> new Found(
                        row.getLong("number"),
                        EntryType.ofWireName(row.getString("type")),
                        log.shard(row.getInt("shard")).shard().name(),
                        row.getString("actor"),
                        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getString("ended"))
                                .map(EntryType::ofWireName)
                                .orElse(null),
                        Optional.ofNullable(row.getObject("ended_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)
                                .orElse(null)))
                .list();
    }

    private static void bind(Query query, String name, Object value) {
        switch (value) {
            case byte[][] tokens -> query.bindArray(name, byte[].class, (Object[]) tokens);
            case String[] texts -> query.bindArray(name, String.class, (Object[]) texts);
            default -> query.bind(name, value);
        }
    }
}
