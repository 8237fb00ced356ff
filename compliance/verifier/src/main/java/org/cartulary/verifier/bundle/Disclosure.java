package org.cartulary.verifier.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.cartulary.verifier.leaf.Leaf;
import org.cartulary.verifier.log.EntryCheck;
import org.cartulary.verifier.note.Checkpoint;
import org.cartulary.verifier.note.ReceiptProof;
import org.cartulary.verifier.report.Check;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.report.Checklist;
import org.jspecify.annotations.Nullable;

/** Checks receipt and record of each exported entry against the entry in the log. */
final class Disclosure implements EntryCheck {
    private final BundleFiles files;
    private final Manifest manifest;
    private final Receipts receipts;
    private final Checks checks;
    private final AtomicLong shredded = new AtomicLong();

    /** The checks that are made here, in the order of the report. */
    record Checks(Check receipts, Check prefixes, Check records, Check digests) {
        static Checks addTo(Checklist list) {
            return new Checks(
                    list.add("receipts prove their entries, checkpoints signed", "receipts"),
                    list.add("receipts' checkpoints are prefixes of this log", "receipts"),
                    list.add("records repeat the leaf in the log", "records"),
                    list.add("digests open with payload and salts", "records"));
        }

        void start() {
            receipts.start();
            prefixes.start();
            records.start();
            digests.start();
        }
    }

    Disclosure(BundleFiles files, Manifest manifest, Receipts receipts, Checks checks) {
        this.files = files;
        this.manifest = manifest;
        this.receipts = receipts;
        this.checks = checks;
    }

    @Override
    public List<Claim> check(Entry entry) {
        if (entry.index() < manifest.from() || entry.index() >= manifest.to()) {
            return List.of();
        }
        checkRecord(entry);
        List<Claim> claims = new ArrayList<>(1);
        checks.receipts().run(() -> claims.add(checkReceipt(entry)));
        return claims;
    }

    /** Says what was counted beside the checks. */
    void end() {
        if (shredded.get() > 0) {
            checks.digests().remark(shredded + " records without payload: it was shredded, nothing to compare");
        }
    }

    private Claim checkReceipt(Entry entry) {
        String where = BundleFiles.receipt(entry.index());
        ReceiptProof proof = ReceiptProof.parse(files.read(where, ReceiptProof.MAX_BYTES), where);
        if (proof.index() != entry.index()) {
            throw new CheckFailed(where, "a proof for entry " + entry.index(), "one for entry " + proof.index());
        }
        Checkpoint checkpoint = receipts.verify(proof, entry.hash(), where);
        if (!checkpoint.origin().equals(manifest.origin())) {
            throw new CheckFailed(where, "a checkpoint of " + manifest.origin(), "one of " + checkpoint.origin());
        }
        return new Claim(where, checkpoint);
    }

    private void checkRecord(Entry entry) {
        String where = BundleFiles.record(entry.index());
        List<DisclosedRecord> read = new ArrayList<>(1);
        checks.records().run(() -> {
            DisclosedRecord found = DisclosedRecord.read(files.read(where, DisclosedRecord.MAX_BYTES), where);
            found.requireLeaf(entry.bytes(), entry.from(), entry.to());
            read.add(found);
        });
        read.forEach(found -> checkDigests(found, entry.leaf()));
    }

    private void checkDigests(DisclosedRecord found, @Nullable Leaf leaf) {
        if (leaf == null) {
            return; // that its form does not hold was recorded
        }
        checks.digests().run(() -> {
            if (!found.requireDigests(leaf)) {
                shredded.incrementAndGet();
            }
        });
    }
}
