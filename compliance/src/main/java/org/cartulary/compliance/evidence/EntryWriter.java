package org.cartulary.compliance.evidence;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.SortedMap;
import org.cartulary.compliance.keys.DataKey;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.keys.Pseudonyms;
import org.cartulary.compliance.tlog.MerkleHash;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Writes entries as plain inserts in the caller's transaction; takes no lock that two callers share. */
final class EntryWriter {
    private static final String UNIQUE_VIOLATION = "23505";

    private final DataKeys keys;
    private final Pseudonyms pseudonyms;
    private final String origin;
    private final Clock clock;

    EntryWriter(DataKeys keys, Pseudonyms pseudonyms, String origin, Clock clock) {
        this.keys = keys;
        this.pseudonyms = pseudonyms;
        this.origin = origin;
        this.clock = clock;
    }

    long write(Handle handle, EntryDraft draft) {
        LeafSchema.require(draft);
        Instant time = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String actor = pseudonyms.of(draft.actor());
        SortedMap<String, byte[]> salts = SealedPayload.freshSalts(draft.sealed());
        byte[] leaf = Leaf.encode(draft, time, actor, origin, salts);
        long id = handle.createQuery("SELECT nextval('compliance.entry_id')")
                .mapTo(Long.class)
                .one();
        @Nullable Long keyId = null;
        byte @Nullable [] payload = null;
        if (!draft.sealed().isEmpty()) {
            DataKey key = keys.take();
            keyId = key.id();
            payload = SealedPayload.seal(key.key(), id, draft.sealed(), salts);
        }
        try (Update insert = handle.createUpdate(insertFor(draft.type()))) {
            insert.bind("id", id)
                    .bind("number", draft.number())
                    .bind("type", draft.type().wireName())
                    .bind("recordedAt", time.atOffset(ZoneOffset.UTC))
                    .bind("actor", actor)
                    .bind("leaf", leaf)
                    .bind("leafHash", MerkleHash.leaf(leaf))
                    .bind("keyId", keyId)
                    .bind("payload", payload);
            insertOne(insert, draft);
        }
        return id;
    }

    private static String insertFor(EntryType type) {
        String condition = type.followsAsked()
                ? " WHERE EXISTS (SELECT 1 FROM compliance.entry WHERE number = :number AND type = 'asked')"
                : "";
        return """
                INSERT INTO compliance.entry (id, number, type, recorded_at, actor, leaf, leaf_hash, key_id, payload)
                SELECT :id, :number, :type, :recordedAt, :actor, :leaf, :leafHash, :keyId, :payload""" + condition;
    }

    private static void insertOne(Update insert, EntryDraft draft) {
        int inserted;
        try {
            inserted = insert.execute();
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
                throw new IllegalStateException(
                        "Question " + draft.number() + " was already "
                                + (draft.type() == EntryType.ASKED ? "asked" : "ended"),
                        e);
            }
            throw e;
        }
        if (inserted != 1) {
            throw new IllegalStateException("Number " + draft.number() + " was never asked, so nothing can be "
                    + draft.type().wireName());
        }
    }
}
