package org.cartulary.verifier.bundle;

import java.util.Arrays;
import org.cartulary.verifier.leaf.Leaf;
import org.cartulary.verifier.log.EntryCheck;
import org.cartulary.verifier.note.Checkpoint;
import org.cartulary.verifier.note.ReceiptProof;
import org.cartulary.verifier.report.Check;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.report.Checklist;
import org.cartulary.verifier.report.Tally;
import org.jspecify.annotations.Nullable;

/** Checks receipt and record of each exported entry against the entry in the log. */
final class Disclosure implements EntryCheck {
    private final BundleFiles files;
    private final Manifest manifest;
    private final FileSet disclosed;
    private final Receipts receipts;
    private final Checks checks;
    private long shredded;

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

    Disclosure(BundleFiles files, Manifest manifest, FileSet disclosed, Receipts receipts, Checks checks) {
        this.files = files;
        this.manifest = manifest;
        this.disclosed = disclosed;
        this.receipts = receipts;
        this.checks = checks;
    }

    @Override
    public EntryCheck.Run run() {
        return new Run();
    }

    @Override
    public String where(long index) {
        return BundleFiles.receipt(index);
    }

    /** Says what was counted beside the checks. */
    void end() {
        if (shredded > 0) {
            checks.digests().remark(shredded + " records without payload: it was shredded, nothing to compare");
        }
    }

    /** Entries that stand one after the other. One thread at a time. */
    private final class Run implements EntryCheck.Run {
        private final ReceiptRow row = new ReceiptRow();
        private final Tally receiptTally = new Tally();
        private final Tally recordTally = new Tally();
        private final Tally digestTally = new Tally();
        private long shreddedHere;

        @Override
        public @Nullable Checkpoint check(Entry entry) {
            if (!manifest.disclosed().contains(entry.index())) {
                return null;
            }
            DisclosedRecord found = checkRecord(entry);
            if (found != null && entry.leaf() != null) { // that its form does not hold was recorded
                checkDigests(found, entry.leaf());
            }
            return checkReceipt(entry);
        }

        @Override
        public void end() {
            checks.receipts().add(receiptTally);
            checks.records().add(recordTally);
            checks.digests().add(digestTally);
            shredded += shreddedHere;
        }

        private @Nullable Checkpoint checkReceipt(Entry entry) {
            String where = BundleFiles.receipt(entry.index());
            try {
                byte[] bytes = files.read(disclosed.receipt(entry.index()), where, ReceiptProof.MAX_BYTES);
                Checkpoint same = row.follow(bytes, entry.index(), entry.hash());
                Checkpoint proven = same != null ? same : proven(bytes, entry, where);
                receiptTally.hold();
                return proven;
            } catch (CheckFailed e) {
                receiptTally.fail(e.finding());
                return null;
            }
        }

        private Checkpoint proven(byte[] bytes, Entry entry, String where) {
            ReceiptProof proof = ReceiptProof.parse(bytes, where);
            if (proof.index() != entry.index()) {
                throw new CheckFailed(where, "a proof for entry " + entry.index(), "one for entry " + proof.index());
            }
            Checkpoint checkpoint = receipts.verify(proof, entry.hash(), where);
            if (!checkpoint.origin().equals(manifest.origin())) {
                throw new CheckFailed(where, "a checkpoint of " + manifest.origin(), "one of " + checkpoint.origin());
            }
            row.verified(bytes, proof, entry.hash(), checkpoint);
            return checkpoint;
        }

        private @Nullable DisclosedRecord checkRecord(Entry entry) {
            String where = BundleFiles.record(entry.index());
            try {
                byte[] logged = Arrays.copyOfRange(entry.bytes(), entry.from(), entry.to());
                byte[] bytes = files.read(disclosed.record(entry.index()), where, DisclosedRecord.MAX_BYTES);
                DisclosedRecord found = DisclosedRecord.read(bytes, where, logged);
                found.requireLeaf(logged);
                recordTally.hold();
                return found;
            } catch (CheckFailed e) {
                recordTally.fail(e.finding());
                return null;
            }
        }

        private void checkDigests(DisclosedRecord found, Leaf leaf) {
            try {
                if (!found.requireDigests(leaf)) {
                    shreddedHere++;
                }
                digestTally.hold();
            } catch (CheckFailed e) {
                digestTally.fail(e.finding());
            }
        }
    }
}
