package org.cartulary.compliance.evidence;

import java.io.IOException;
import java.util.Base64;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.tlog.Checkpoint;
import org.cartulary.compliance.tlog.InclusionProof;
import org.cartulary.compliance.tlog.NoteKey;
import org.cartulary.compliance.tlog.Tile;
import org.cartulary.compliance.tlog.TreeReader;

/** The log as one published checkpoint has it; later entries do not show. For one thread. */
public final class PublishedLog {
    private final OpenedShard shard;
    private final NoteKey key;
    private final EntryReader reader;
    private final DataKeys keys;
    private final String note;
    private final Checkpoint checkpoint;
    private final TreeReader tree;

    private PublishedLog(OpenedShard shard, NoteKey key, EntryReader reader, DataKeys keys, String note) {
        this.shard = shard;
        this.key = key;
        this.reader = reader;
        this.keys = keys;
        this.note = note;
        this.checkpoint = Checkpoint.parse(shard.verifier().open(note));
        this.tree = new TreeReader(shard.directory(), checkpoint.size());
    }

    static PublishedLog open(OpenedShard shard, NoteKey key, EntryReader reader, DataKeys keys) throws IOException {
        String note = shard.directory()
                .checkpoint()
                .orElseThrow(() -> new EvidenceUnavailable("No checkpoint has been published yet"));
        return new PublishedLog(shard, key, reader, keys, note);
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

    /** The disclosed record of an entry: RFC 8785 and one newline. */
    public String recordJson(long index) {
        return reader.byIndex(shard.id(), index)
                .orElseThrow(() -> new IllegalStateException("The database lacks entry " + index + ": restore it"))
                .recordJson(keys);
    }

    /** Signs a text about this log, such as a bundle's manifest; never one that reads as a checkpoint. */
    public String sign(String text) {
        if (text.startsWith(checkpoint.origin())) {
            throw new IllegalArgumentException("Only the integrator signs checkpoints");
        }
        return key.sign(text);
    }
}
