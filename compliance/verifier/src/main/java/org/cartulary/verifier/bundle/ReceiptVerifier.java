package org.cartulary.verifier.bundle;

import java.util.ArrayList;
import java.util.List;
import org.cartulary.verifier.leaf.Leaf;
import org.cartulary.verifier.note.Checkpoint;
import org.cartulary.verifier.note.ReceiptProof;
import org.cartulary.verifier.note.TrustPolicy;
import org.cartulary.verifier.report.Check;
import org.cartulary.verifier.report.Checklist;
import org.cartulary.verifier.report.Report;
import org.cartulary.verifier.tree.Sha256;

/** Verifies one receipt with the record that it is about, without the log around them. One use, one thread. */
public final class ReceiptVerifier {
    private static final String RECEIPT = "receipt";
    private static final String RECORD = "record";

    private final Checklist list = new Checklist();
    private final Check form = list.add("receipt and record have their form", "files");
    private final Check proof = list.add("receipt proves the record's leaf, checkpoint signed", "receipts");
    private final Check leafForm = list.add("leaf is canonical and shows only what it may", "entries");
    private final Check digests = list.add("digests open with payload and salts", "records");

    private ReceiptVerifier() {}

    /**
     * Verifies a receipt.
     *
     * @param subject names the receipt in the report
     * @param proof a C2SP tlog-proof
     * @param record the disclosed record, as bundles and answers carry it
     * @param policy whose signatures are asked for
     */
    public static Report verify(String subject, byte[] proof, byte[] record, TrustPolicy policy) {
        return new ReceiptVerifier().run(subject, proof, record, policy);
    }

    private Report run(String subject, byte[] proofBytes, byte[] recordBytes, TrustPolicy policy) {
        List<ReceiptProof> proofs = new ArrayList<>(1);
        List<DisclosedRecord> records = new ArrayList<>(1);
        form.run(() -> proofs.add(ReceiptProof.parse(proofBytes, RECEIPT)));
        form.run(() -> records.add(DisclosedRecord.read(recordBytes, RECORD)));
        List<Checkpoint> checkpoints = new ArrayList<>(1);
        if (!proofs.isEmpty() && !records.isEmpty()) {
            DisclosedRecord record = records.getFirst();
            byte[] leafHash = Sha256.ofThread().leaf(record.leaf(), 0, record.leaf().length);
            proof.run(() -> checkpoints.add(Receipts.alone(policy).verify(proofs.getFirst(), leafHash, RECEIPT)));
        }
        for (Checkpoint checkpoint : checkpoints) {
            proof.remark(checkpoint.signedBy());
            checkRecord(records.getFirst(), checkpoint);
        }
        return list.report(subject, checkpoints.isEmpty() ? "" : shows(proofs.getFirst(), checkpoints.getFirst()));
    }

    private void checkRecord(DisclosedRecord record, Checkpoint checkpoint) {
        List<Leaf> leaves = new ArrayList<>(1);
        leafForm.run(() -> leaves.add(Leaf.read(record.leaf(), 0, record.leaf().length, checkpoint.origin(), "leaf")));
        for (Leaf leaf : leaves) {
            digests.run(() -> {
                if (!record.requireDigests(leaf)) {
                    digests.remark("the payload was shredded, nothing to compare");
                }
            });
            String type = leaf.type().wireName();
            leafForm.remark("the leaf is of type " + type + ", number " + leaf.number());
        }
    }

    private static String shows(ReceiptProof proof, Checkpoint checkpoint) {
        return "that this record is entry " + proof.index() + " of the log " + checkpoint.origin() + ", as signed at "
                + checkpoint.size() + " entries";
    }
}
