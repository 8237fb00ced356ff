package org.cartulary.compliance.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.keys.ManifestKey;
import org.cartulary.compliance.tlog.Checkpoint;
import org.cartulary.compliance.tlog.InclusionProof;
import org.cartulary.compliance.tlog.NoteKey;
import org.cartulary.compliance.tlog.Tile;
import org.cartulary.compliance.tlog.TreeReader;

/** The log as one published checkpoint has it; later entries do not show. For one thread. */
public final class PublishedLog {
    private final OpenedShard shard;
    private final NoteKey key;
    private final ManifestKey manifests;
    private final EntryReader reader;
    private final EntryBlocks entries;
    private final DataKeys keys;
    private final String note;
    private final Checkpoint checkpoint;
    private final TreeReader tree;
    private List<byte[]> leaves = List.of();
    private long firstLeaf;

    PublishedLog(OpenedShard shard, OpenedLog log, EntryReader reader, DataKeys keys, String note) {
        this.shard = shard;
        this.key = log.key(shard);
        this.manifests = log.manifests();
        this.reader = reader;
        this.entries = reader.blocks(shard.id());
        this.keys = keys;
        this.note = note;
        this.checkpoint = Checkpoint.parse(shard.verifier().open(note));
        this.tree = new TreeReader(shard.directory(), checkpoint.size());
    }

    static PublishedLog open(OpenedShard shard, OpenedLog log, EntryReader reader, DataKeys keys) throws IOException {
        String note = shard.directory()
                .checkpoint()
                .orElseThrow(() -> new EvidenceUnavailable("No checkpoint has been published yet"));
        return new PublishedLog(shard, log, reader, keys, note);
    }

    /** Which shard it is. */
    public Shard shard() {
        return shard.shard();
    }

    /** The signed checkpoint. */
    public String note() {
        return note;
    }

    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** The RFC 3161 token, DER, over the text of this very checkpoint; empty where none was stamped. */
    public Optional<byte[]> timestamp() {
        return reader.timestamp(shard.id(), checkpoint.size());
    }

    /** The bytes of a tile of this tree. */
    public byte[] tile(Tile tile) throws IOException {
        return shard.directory().read(tile);
    }

    /** The tlog-proof of an entry against this checkpoint. */
    public String proof(long index) throws IOException {
        return new InclusionProof(index, tree.inclusionPath(index)).text(note);
    }

    /**
     * What is sent to a witness that last signed {@code old} entries (the body of C2SP tlog-witness add-checkpoint).
     *
     * @param old 0 where it signed none yet
     * @throws IllegalArgumentException where the log is shorter
     */
    public String submission(long old) throws IOException {
        if (old < 0 || old > checkpoint.size()) {
            throw new IllegalArgumentException(
                    "The log has " + checkpoint.size() + " published entries, and no witness signed " + old);
        }
        StringBuilder text = new StringBuilder("old ").append(old).append('\n');
        if (old > 0) {
            for (byte[] hash : tree.consistencyProof(old)) {
                text.append(Base64.getEncoder().encodeToString(hash)).append('\n');
            }
        }
        return text.append('\n').append(note).toString();
    }

    /** The leaf of an entry, out of the published tiles; those that follow one another cost one tile for 256. */
    public byte[] leaf(long index) throws IOException {
        if (index < firstLeaf || index >= firstLeaf + leaves.size()) {
            long bundle = index / Tile.FULL_WIDTH;
            firstLeaf = bundle * Tile.FULL_WIDTH;
            int width = (int) Math.min(Tile.FULL_WIDTH, checkpoint.size() - firstLeaf);
            leaves = split(tile(new Tile(Tile.ENTRIES, bundle, width)));
        }
        return leaves.get((int) (index - firstLeaf));
    }

    static List<byte[]> split(byte[] bundle) {
        List<byte[]> leaves = new ArrayList<>(Tile.FULL_WIDTH);
        for (ByteBuffer rest = ByteBuffer.wrap(bundle); rest.hasRemaining(); ) {
            byte[] leaf = new byte[Short.toUnsignedInt(rest.getShort())];
            rest.get(leaf);
            leaves.add(leaf);
        }
        return leaves;
    }

    /**
     * The disclosed record of an entry: RFC 8785 and one newline.
     *
     * @param end one past the last that will be asked for of those that follow: they are read together
     */
    public String recordJson(long index, long end) {
        return entries.at(index, end).recordJson(keys);
    }

    /** As {@link #recordJson(long, long)}, of one entry alone. */
    public String recordJson(long index) {
        return recordJson(index, index + 1);
    }

    /** What an entry seals; empty once its key was destroyed. */
    public Optional<JsonNode> sealed(long index, long end) {
        return entries.at(index, end).opened(keys).map(SealedPayload::fields);
    }

    /** Signs a text about this log, such as a bundle's manifest; never one that reads as a checkpoint. */
    public String sign(String text) {
        if (text.startsWith(checkpoint.origin())) {
            throw new IllegalArgumentException("Only the integrator signs checkpoints");
        }
        return key.sign(text);
    }

    /** A detached CMS SignedData over a manifest, in DER, by the key whose certificate is on record. */
    public byte[] signCms(byte[] manifest, Instant time) {
        return manifests.sign(manifest, time);
    }
}
