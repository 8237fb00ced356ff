package org.cartulary.compliance.evidence;

import java.io.IOException;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.tlog.Checkpoint;
import org.cartulary.compliance.tlog.InclusionProof;
import org.cartulary.compliance.tlog.LogDirectory;
import org.cartulary.compliance.tlog.NoteKey;
import org.cartulary.compliance.tlog.Tile;
import org.cartulary.compliance.tlog.TreeReader;

/** The log as one published checkpoint has it; later entries do not show. For one thread. */
public final class PublishedLog {
    private final LogDirectory directory;
    private final NoteKey key;
    private final EntryReader reader;
    private final DataKeys keys;
    private final String note;
    private final Checkpoint checkpoint;
    private final TreeReader tree;

    private PublishedLog(OpenedLog log, EntryReader reader, DataKeys keys, String note) {
        this.directory = log.directory();
        this.key = log.key();
        this.reader = reader;
        this.keys = keys;
        this.note = note;
        this.checkpoint = Checkpoint.parse(key.open(note));
        this.tree = new TreeReader(directory, checkpoint.size());
    }

    static PublishedLog open(OpenedLog log, EntryReader reader, DataKeys keys) throws IOException {
        String note = log.directory()
                .checkpoint()
                .orElseThrow(() -> new EvidenceUnavailable("No checkpoint has been published yet"));
        return new PublishedLog(log, reader, keys, note);
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
        return directory.read(tile);
    }

    /** The tlog-proof of an entry against this checkpoint. */
    public String proof(long index) throws IOException {
        return new InclusionProof(index, tree.inclusionPath(index)).text(note);
    }

    /** The disclosed record of an entry: RFC 8785 and one newline. */
    public String recordJson(long index) {
        return reader.byIndex(index)
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
