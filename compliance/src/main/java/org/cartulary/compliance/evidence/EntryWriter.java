package org.cartulary.compliance.evidence;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.cartulary.compliance.keys.DataKey;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.tlog.MerkleHash;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** Writes entries as plain inserts in the caller's transaction; callers wait for nobody but whoever closes a shard. */
final class EntryWriter {
    private static final String UNIQUE_VIOLATION = "23505";

    private final DataKeys keys;
    private final Supplier<OpenedShard> open;
    private final Clock clock;
    private final Profile profile;

    /**
     * Writes into whichever shard is open.
     *
     * @param open asked only while no shard can be closed
     */
    EntryWriter(DataKeys keys, Supplier<OpenedShard> open, Clock clock, Profile profile) {
        this.profile = profile;
        this.keys = keys;
        this.open = open;
        this.clock = clock;
    }

    /** As this one, but into a certain shard. */
    EntryWriter into(OpenedShard shard) {
        return new EntryWriter(keys, () -> shard, clock, profile);
    }

    long write(Handle handle, EntryDraft given) {
        EntryDraft draft = profile == Profile.NAMED ? named(given) : given;
        LeafSchema.require(draft);
        long id = Shards.lockedId(handle);
        OpenedShard shard = open.get();
        Instant time = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String actor = shard.pseudonyms().of(draft.actor());
        SortedMap<String, byte[]> salts = SealedPayload.freshSalts(draft.sealed());
        byte[] leaf = Leaf.encode(draft, time, actor, shard.origin(), salts);
        @Nullable Long keyId = null;
        byte @Nullable [] payload = null;
        if (!draft.sealed().isEmpty()) {
            DataKey key = keys.take();
            keyId = key.id();
            payload = SealedPayload.seal(key.key(), id, draft.sealed(), salts);
        }
        byte[][] tokens = tokens(shard, draft);
        try (Query insert = handle.createQuery(insertFor(draft.type()))) {
            insert.bind("id", id)
                    .bind("shard", shard.id())
                    .bind("number", draft.number())
                    .bind("type", draft.type().wireName())
                    .bind("recordedAt", time.atOffset(ZoneOffset.UTC))
                    .bind("actor", actor)
                    .bind("leaf", leaf)
                    .bind("leafHash", MerkleHash.leaf(leaf))
                    .bind("keyId", keyId)
                    .bind("payload", payload)
                    .bindArray("tokens", byte[].class, (Object[]) tokens);
            insertOne(handle, shard.id(), insert, draft);
        }
        return id;
    }

    private static EntryDraft named(EntryDraft draft) {
        SortedMap<String, Object> sealed = new TreeMap<>(draft.sealed());
        sealed.put("actorId", draft.actor().id());
        return new EntryDraft(draft.type(), draft.number(), draft.actor(), draft.clear(), sealed);
    }

    private static String insertFor(EntryType type) {
        String condition = type.followsAsked()
                ? " AND EXISTS (SELECT 1 FROM compliance.entry WHERE number = :number AND type = 'asked')"
                : "";
        return """
                WITH written AS (
                    INSERT INTO compliance.entry
                        (id, shard, number, type, recorded_at, actor, leaf, leaf_hash, key_id, payload)
                    SELECT :id, :shard, :number, :type, :recordedAt, :actor, :leaf, :leafHash, :keyId, :payload
                    FROM compliance.shard WHERE id = :shard AND closed_at IS NULL""" + condition + """

                    RETURNING number, shard),
                mentioned AS (
                    INSERT INTO compliance.mention (token, number, shard)
                    SELECT token, number, shard FROM written, unnest(:tokens) AS given (token) ON CONFLICT DO NOTHING)
                SELECT count(*) FROM written""";
    }

    private static byte[][] tokens(OpenedShard shard, EntryDraft draft) {
        return Mention.of(draft).stream()
                .map(mention -> shard.pseudonyms().token(mention.text()))
                .toArray(byte[][]::new);
    }

    /** Notes what an entry speaks of that is in the database already. */
    static void insertMentions(Handle handle, OpenedShard shard, EntryDraft draft) {
        byte[][] tokens = tokens(shard, draft);
        if (tokens.length > 0) {
            handle.createUpdate("""
                            INSERT INTO compliance.mention (token, number, shard)
                            SELECT token, :number, :shard FROM unnest(:tokens) AS given (token)
                            ON CONFLICT DO NOTHING""")
                    .bindArray("tokens", byte[].class, (Object[]) tokens)
                    .bind("number", draft.number())
                    .bind("shard", shard.id())
                    .execute();
        }
    }

    private static boolean isOpen(Handle handle, int shard) {
        return handle.createQuery("SELECT closed_at IS NULL FROM compliance.shard WHERE id = :id")
                .bind("id", shard)
                .mapTo(Boolean.class)
                .one();
    }

    private static void insertOne(Handle handle, int shard, Query insert, EntryDraft draft) {
        long inserted;
        try {
            inserted = insert.mapTo(Long.class).one();
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
                throw new IllegalStateException(
                        "Question " + draft.number() + " was already "
                                + (draft.type() == EntryType.ASKED ? "asked" : "ended"),
                        e);
            }
            throw e;
        }
        if (inserted != 1 && !isOpen(handle, shard)) {
            throw new EvidenceUnavailable("The log begins a new shard: ask again");
        }
        if (inserted != 1) {
            throw new IllegalStateException("Number " + draft.number() + " was never asked, so nothing can be "
                    + draft.type().wireName());
        }
    }
}
