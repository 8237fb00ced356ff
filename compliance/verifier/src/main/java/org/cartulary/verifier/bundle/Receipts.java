package org.cartulary.verifier.bundle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import org.cartulary.verifier.note.Checkpoint;
import org.cartulary.verifier.note.ReceiptProof;
import org.cartulary.verifier.note.TrustPolicy;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.tree.InclusionProof;

/** Verifies receipts; a checkpoint that many of them embed is verified once. Thread-safe. */
final class Receipts {
    private static final int MAX_REMEMBERED = 4_096;

    private final TrustPolicy policy;
    private final boolean witnessed;
    private final ConcurrentHashMap<String, Checkpoint> verified = new ConcurrentHashMap<>();

    private Receipts(TrustPolicy policy, boolean witnessed) {
        this.policy = policy;
        this.witnessed = witnessed;
    }

    /** Of a bundle, where each checkpoint is compared with the one of the bundle, which is witnessed as the policy asks. */
    static Receipts within(TrustPolicy policy) {
        return new Receipts(policy, false);
    }

    /** Each by itself: witnessed as the policy asks. */
    static Receipts alone(TrustPolicy policy) {
        return new Receipts(policy, true);
    }

    /** Takes note of a checkpoint that was verified already. */
    void remember(byte[] note, Checkpoint checkpoint) {
        if (verified.size() >= MAX_REMEMBERED) {
            verified.clear();
        }
        verified.put(key(note), checkpoint);
    }

    /**
     * Verifies that a receipt proves the entry of this hash into its own checkpoint, and that a known key signed that.
     *
     * @return the checkpoint
     */
    Checkpoint verify(ReceiptProof proof, byte[] leafHash, String where) {
        Checkpoint checkpoint = open(proof.checkpoint(), where + " (checkpoint)");
        byte[] root;
        try {
            root = InclusionProof.root(proof.index(), checkpoint.size(), leafHash, proof.path());
        } catch (IllegalArgumentException e) {
            throw new CheckFailed(where, "an inclusion proof for its checkpoint", String.valueOf(e.getMessage()));
        }
        if (!Arrays.equals(root, checkpoint.root())) {
            throw new CheckFailed(
                    where, "a proof that leads to the root of its checkpoint", "one that leads elsewhere");
        }
        return checkpoint;
    }

    private Checkpoint open(byte[] note, String where) {
        Checkpoint known = verified.get(key(note));
        if (known != null) {
            return known;
        }
        Checkpoint checkpoint =
                witnessed ? Checkpoint.open(note, policy, where) : Checkpoint.openUnwitnessed(note, policy, where);
        remember(note, checkpoint);
        return checkpoint;
    }

    private static String key(byte[] note) {
        return new String(note, StandardCharsets.ISO_8859_1);
    }
}
