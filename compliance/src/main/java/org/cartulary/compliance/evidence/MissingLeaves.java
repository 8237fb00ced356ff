package org.cartulary.compliance.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cartulary.compliance.canonical.CanonicalJson;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.tlog.Checkpoint;
import org.cartulary.compliance.tlog.Frontier;
import org.cartulary.compliance.tlog.MerkleHash;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Brings the leaves of a shard back that are published and that the database lacks, as entries without payload. An entry that the
 * database holds and that had no place yet gets the one that it was published at, with its payload. For one thread.
 */
final class MissingLeaves {
    /** No key: what was sealed under the one that it had is lost. */
    private static final long NO_KEY = -1;

    private final Handle handle;
    private final OpenedShard shard;
    private final PublishedShard published;
    private final SinceCopy since;
    private final Map<String, Deque<Long>> pending = new HashMap<>();
    private @Nullable JsonNode last;

    MissingLeaves(Handle handle, OpenedShard shard, PublishedShard published, SinceCopy since) {
        this.handle = handle;
        this.shard = shard;
        this.published = published;
        this.since = since;
    }

    /**
     * Brings back what the database's tree lacks.
     *
     * @throws RestoreRefused where the published tree has not grown out of the database's
     */
    void bringBack(Frontier database) throws IOException {
        Checkpoint head = published.head();
        requireGrown(database, head);
        readPending();
        Frontier grown = database;
        while (grown.size() < head.size()) {
            List<byte[]> leaves = published.leavesFrom(grown.size());
            insert(grown.size(), leaves);
            grown = grown.plus(leaves.stream().map(MerkleHash::leaf).toList());
        }
        if (!Arrays.equals(grown.root(), head.root())) {
            throw new RestoreRefused("The published entries of " + shard.origin() + " from " + database.size()
                    + " on do not give the signed root: an entry bundle was altered. Put the log directory back from a"
                    + " backup of its newest state");
        }
        moveTree(grown, head);
    }

    private void requireGrown(Frontier database, Checkpoint head) throws IOException {
        if (database.size() > head.size()) {
            throw new RestoreRefused("The database ends at entry " + database.size() + " of " + shard.origin()
                    + " and the published log at " + head.size()
                    + ": the log directory is the older copy. Put its newest state back from a backup");
        }
        if (!Arrays.equals(published.rootAt(database.size()), database.root())) {
            throw new RestoreRefused("Database and published log are a fork: at entry " + database.size() + " of "
                    + shard.origin() + " the database has the root "
                    + HexFormat.of().formatHex(database.root()) + " and the log "
                    + HexFormat.of().formatHex(published.rootAt(database.size()))
                    + ". One of them was altered, or the database belongs to another copy of this home: keep both, and look"
                    + " for a copy of the database that the log has grown out of");
        }
    }

    private void readPending() {
        handle.createQuery("""
                        SELECT id, leaf_hash FROM compliance.entry WHERE shard = :shard AND tree_index IS NULL
                        ORDER BY id""")
                .bind("shard", shard.id())
                .map((row, context) -> {
                    pending.computeIfAbsent(
                                    HexFormat.of().formatHex(row.getBytes("leaf_hash")), hash -> new ArrayDeque<>())
                            .add(row.getLong("id"));
                    return row.getLong("id");
                })
                .list();
    }

    /** Whether the database holds entries of this shard that were never published. */
    boolean leavesAny() {
        return pending.values().stream().anyMatch(ids -> !ids.isEmpty());
    }

    private void insert(long first, List<byte[]> leaves) {
        List<JsonNode> absent = new ArrayList<>();
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO compliance.entry
                    (id, shard, number, type, recorded_at, actor, leaf, leaf_hash, key_id, payload, tree_index)
                VALUES (nextval('compliance.entry_id'), :shard, :number, :type, :recordedAt, :actor, :leaf, :leafHash,
                    :keyId, :payload, :index)""");
        for (int i = 0; i < leaves.size(); i++) {
            byte[] leaf = leaves.get(i);
            JsonNode parsed = CanonicalJson.parse(leaf);
            EntryType type = type(parsed, first + i);
            Optional<Long> held = held(leaf);
            boolean sealed = !parsed.path("digests").isEmpty();
            since.take(parsed, type, shard.id(), sealed && held.isEmpty());
            last = parsed;
            if (held.isPresent()) {
                place(held.get(), first + i);
            } else {
                absent.add(parsed);
                add(batch, parsed, leaf, sealed, first + i);
            }
        }
        if (!absent.isEmpty()) {
            int[] _ = batch.execute();
            absent.forEach(this::mention);
        }
    }

    private static EntryType type(JsonNode leaf, long index) {
        try {
            return EntryType.ofWireName(leaf.path("type").asText());
        } catch (IllegalArgumentException e) {
            throw new RestoreRefused(
                    "Entry " + index + " was written by a newer version (" + e.getMessage() + "): restore with that",
                    e);
        }
    }

    private Optional<Long> held(byte[] leaf) {
        Deque<Long> ids = pending.get(HexFormat.of().formatHex(MerkleHash.leaf(leaf)));
        return Optional.ofNullable(ids == null ? null : ids.poll());
    }

    private void place(long id, long index) {
        handle.createUpdate("UPDATE compliance.entry SET tree_index = :index WHERE id = :id")
                .bind("index", index)
                .bind("id", id)
                .execute();
    }

    private void add(PreparedBatch batch, JsonNode parsed, byte[] leaf, boolean sealed, long index) {
        batch.bind("shard", shard.id())
                .bind("number", parsed.path("number").asLong())
                .bind("type", parsed.path("type").asText())
                .bind("recordedAt", Instant.parse(parsed.path("time").asText()).atOffset(ZoneOffset.UTC))
                .bind("actor", parsed.path("actor").asText())
                .bind("leaf", leaf)
                .bind("leafHash", MerkleHash.leaf(leaf))
                .bind("keyId", sealed ? NO_KEY : null)
                .bind("payload", sealed ? new byte[0] : null)
                .bind("index", index)
                .add();
    }

    /** By what stands in clear it can be found again; what else it mentioned is lost. */
    private void mention(JsonNode leaf) {
        TreeMap<String, Object> clear = new TreeMap<>();
        for (String name : List.of("document", "collection", "model")) {
            if (leaf.has(name)) {
                clear.put(name, leaf.path(name).asText());
            }
        }
        if (!clear.isEmpty()) {
            EntryWriter.insertMentions(
                    handle,
                    shard,
                    new EntryDraft(
                            EntryType.ofWireName(leaf.path("type").asText()),
                            leaf.path("number").asLong(),
                            Principal.CONSOLE,
                            clear,
                            new TreeMap<>()));
        }
    }

    private void moveTree(Frontier grown, Checkpoint head) throws IOException {
        handle.createUpdate("UPDATE compliance.shard SET size = :size, frontier = :frontier WHERE id = :shard")
                .bind("size", grown.size())
                .bind("frontier", grown.encoded())
                .bind("shard", shard.id())
                .execute();
        Instant at = last == null
                ? shard.shard().openedAt()
                : Instant.parse(last.path("time").asText());
        insertCheckpoint(head, published.note(), at);
        for (String note : published.signedNotes()) {
            insertCheckpoint(published.parse(note), note, at);
        }
    }

    /** When it was signed, nothing says any more; its last entry was before. */
    private void insertCheckpoint(Checkpoint checkpoint, String note, Instant at) {
        handle.createUpdate("""
                        INSERT INTO compliance.checkpoint (shard, size, root, note, signed_at)
                        VALUES (:shard, :size, :root, :note, :at) ON CONFLICT DO NOTHING""")
                .bind("shard", shard.id())
                .bind("size", checkpoint.size())
                .bind("root", checkpoint.root())
                .bind("note", note)
                .bind("at", at.atOffset(ZoneOffset.UTC))
                .execute();
    }

    /** What closed the shard; empty where it is open. */
    Optional<JsonNode> closing() {
        return Optional.ofNullable(last)
                .filter(leaf -> leaf.path("type").asText().equals(EntryType.SHARD_CLOSED.wireName()));
    }
}
