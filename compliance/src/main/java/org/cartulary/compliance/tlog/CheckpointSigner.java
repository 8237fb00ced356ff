package org.cartulary.compliance.tlog;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import org.cartulary.compliance.keys.CosigningKey;
import org.cartulary.compliance.keys.LogKeys;

/**
 * Signs the checkpoints of a log twice: by its Ed25519 key (C2SP signed-note), which every reader knows, and by its ML-DSA-44
 * key (C2SP tlog-cosignature under the log's own name), which a quantum computer does not break. Thread-safe.
 */
public final class CheckpointSigner {
    private final NoteKey key;
    private final CosigningKey cosigning;
    private final CosignerKey cosigner;

    /**
     * Names the keys of a log.
     *
     * @param origin at most 255 bytes, without spaces or plus signs
     */
    public CheckpointSigner(String origin, LogKeys keys) {
        this.key = new NoteKey(origin, keys.checkpoints());
        this.cosigning = keys.cosigning();
        this.cosigner = CosignerKey.mlDsa(origin, cosigning.publicKey());
    }

    /** The Ed25519 key, whose vkey is the log's. */
    public NoteKey key() {
        return key;
    }

    /** By which the second signature is verified. */
    public CosignerKey cosigner() {
        return cosigner;
    }

    /**
     * The note of a checkpoint of this log: its text, the line of the Ed25519 key, and behind it that of the ML-DSA-44 key.
     *
     * @param time at which this tree is the latest one; stands in the second line, in seconds
     */
    public String note(Checkpoint checkpoint, Instant time) {
        if (!checkpoint.origin().equals(key.name())) {
            throw new IllegalArgumentException(
                    "The log " + key.name() + " signs no checkpoint of " + checkpoint.origin());
        }
        return key.sign(checkpoint.text()) + cosignature(checkpoint, time.getEpochSecond());
    }

    private String cosignature(Checkpoint checkpoint, long time) {
        byte[] signature = cosigning.sign(cosigner.message(checkpoint, time));
        byte[] id = cosigner.idBytes();
        byte[] blob = ByteBuffer.allocate(id.length + Long.BYTES + signature.length)
                .put(id)
                .putLong(time)
                .put(signature)
                .array();
        return "— " + key.name() + " " + Base64.getEncoder().encodeToString(blob) + "\n";
    }
}
