package org.cartulary.verifier.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.assertj.core.api.AbstractStringAssert;
import org.cartulary.verifier.note.TrustPolicy;
import org.cartulary.verifier.report.CheckResult;
import org.cartulary.verifier.report.Report;
import org.cartulary.verifier.testing.BundleDraft;
import org.cartulary.verifier.testing.Golden;
import org.cartulary.verifier.testing.LargeLog;
import org.cartulary.verifier.testing.LargeLog.LeafChange;
import org.cartulary.verifier.testing.NoteSigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The damage that evidence is asked about first, each found and named by a check. Whoever did it is assumed to hold the log's
 * own key, so that manifest and checkpoint are well signed, unless a test says otherwise. What nobody can find in a bundle
 * alone, a whole log that was cut or written anew together with all its receipts, is for witnesses: see the tests of those.
 */
class NamedDamageTest {
    private static final int SIZE = 300;
    private static final int BATCH = 30;
    private static final NoteSigner LOG = NoteSigner.golden("log");
    private static final String PREFIXES = "receipts' checkpoints are prefixes of this log: ";

    @Test
    void tailCut() {
        SortedMap<String, byte[]> cut = LargeLog.draft(270, BATCH).signed();
        expect(draft(LeafChange.NONE)
                        .change(files -> {
                            replaceLog(files, cut);
                            dropDisclosed(files, 270);
                            files.put("receipts/269.tlog-proof", receiptAtTheEnd(269));
                        })
                        .manifestTail(BundleDraft.tail(LOG.name(), 270, 0, 270)))
                .contains(PREFIXES
                        + "receipts/269.tlog-proof: expected a checkpoint of at most 270 entries, as the log has, found one"
                        + " of 300");
        expect(draft(LeafChange.NONE).change(files -> files.remove("log/tile/entries/001.p/44")))
                .contains("no file is missing and none is foreign: log/tile/entries/001.p/44");
        expect(draft(LeafChange.NONE)
                        .change(files ->
                                files.computeIfPresent("log/tile/entries/001.p/44", NamedDamageTest::withoutLastLeaf)))
                .contains("leaves hash to level 0 of the tree: tile/entries/001.p/44: expected 44 entries");
    }

    @Test
    void headCut() {
        expect(draft(LeafChange.NONE).change(files -> files.remove("log/tile/entries/000")))
                .contains("no file is missing and none is foreign: log/tile/entries/000");
        expect(draft(LeafChange.NONE)
                        .change(files ->
                                files.computeIfPresent("log/tile/entries/000", NamedDamageTest::withoutFirstLeaf)))
                .contains("leaves hash to level 0 of the tree: tile/entries/000: expected 256 entries");
        expect(draft(LeafChange.NONE).change(files -> files.remove("records/0.json")))
                .contains("no file is missing and none is foreign: records/0.json");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 29, 31, 255, 256, 298})
    void forkAtAnEntryAgainstReceiptsThatWereGivenBefore(int forkAt) {
        SortedMap<String, byte[]> given = draft(LeafChange.NONE).signed();
        int keptBefore = Math.max(0, forkAt - 1);
        int batchEnd = (keptBefore / BATCH + 1) * BATCH;
        AbstractStringAssert<?> found =
                expect(draft((index, leaf) -> index == forkAt ? leaf.replace("06:", "07:") : leaf)
                        .change(files -> {
                            for (int index = 0; index < SIZE; index++) {
                                files.put(BundleFiles.receipt(index), content(given, BundleFiles.receipt(index)));
                            }
                        }));
        found.contains("receipts prove their entries, checkpoints signed: receipts/" + forkAt
                + ".tlog-proof: expected a proof that leads to the root of its checkpoint");
        if (batchEnd > forkAt && forkAt > 0) {
            found.contains(PREFIXES)
                    .contains("expected the root that this log had at " + batchEnd
                            + " entries, found another root: the log was forked or rewritten");
        }
    }

    @Test
    void oldCheckpointReplayed() {
        byte[] old = checkpointOf(content(draft(LeafChange.NONE).signed(), "receipts/100.tlog-proof"));
        expect(draft(LeafChange.NONE).change(files -> files.put("log/checkpoint", old)))
                .contains(
                        "manifest is canonical and about this log: manifest.json: expected the log of the checkpoint, "
                                + LOG.name() + " with 120 entries, found " + LOG.name() + " with 300");
        expect(draft(LeafChange.NONE)
                        .change(files -> files.put("log/checkpoint", old))
                        .manifestTail(BundleDraft.tail(LOG.name(), 120, 0, 120)))
                .contains("no file is missing and none is foreign: log/tile/0/000: expected no file of this name");
    }

    @Test
    void proofsOfTwoAppliancesSwapped() {
        NoteSigner other = NoteSigner.named("cartulary.invalid/ffeeddccbbaa99887766554433221100/2026");
        TrustPolicy both = TrustPolicy.parse(Golden.text("log.vkey") + other.vkey() + "\n");
        SortedMap<String, byte[]> theirs =
                LargeLog.draft(SIZE, BATCH, other, LeafChange.NONE).signed();
        assertThat(VerifiedBundle.of(
                                LargeLog.draft(SIZE, BATCH, other, LeafChange.NONE)
                                        .zip(),
                                both)
                        .held())
                .isTrue();
        String receipt = "receipts/7.tlog-proof";
        String check = "receipts prove their entries, checkpoints signed: " + receipt;
        byte[] swapped = draft(LeafChange.NONE)
                .change(files -> files.put(receipt, content(theirs, receipt)))
                .zip();
        // Whoever knows one appliance only does not know who signed; whoever knows both still sees that the proof is
        // another's.
        assertThat(findings(swapped, Golden.policy("log")))
                .contains(check + " (checkpoint): expected a signature by " + LOG.name());
        assertThat(findings(swapped, both))
                .contains(check + ": expected a proof that leads to the root of its checkpoint");
        byte[] head = draft(LeafChange.NONE)
                .change(files -> files.put("log/checkpoint", content(theirs, "log/checkpoint")))
                .zip();
        assertThat(findings(head, both))
                .contains("manifest is signed by a given key")
                .contains(
                        "manifest is canonical and about this log: manifest.json: expected the log of the checkpoint, "
                                + other.name());
    }

    /** The same leaf in two logs: the proof leads to its root, and only the origin tells. */
    @Test
    void proofOfAnotherApplianceThatHasTheVeryEntry() {
        NoteSigner other = NoteSigner.named("cartulary.invalid/ffeeddccbbaa99887766554433221100/2026");
        TrustPolicy both = TrustPolicy.parse(Golden.text("log.vkey") + other.vkey() + "\n");
        SortedMap<String, byte[]> theirs = LargeLog.draft(
                        SIZE, BATCH, other, (index, leaf) -> leaf.replace(other.name(), LOG.name()))
                .signed();
        byte[] swapped = draft(LeafChange.NONE)
                .change(files -> files.put("receipts/7.tlog-proof", content(theirs, "receipts/7.tlog-proof")))
                .zip();
        assertThat(findings(swapped, both))
                .contains("receipts/7.tlog-proof: expected a checkpoint of " + LOG.name() + ", found one of "
                        + other.name());
    }

    @Test
    void resignedWithALaterKey() {
        NoteSigner later = NoteSigner.golden("other"); // of the same name
        byte[] resigned = LargeLog.draft(SIZE, BATCH, later, LeafChange.NONE).zip();
        assertThat(findings(resigned, Golden.policy("log")))
                .contains("checkpoint is signed by a given key: log/checkpoint: expected a signature by " + LOG.name()
                        + "+9a85fa99, found signatures by " + LOG.name() + "+6b3b93ab")
                .contains("manifest is signed by a given key: manifest.note: expected a signature by");
        SortedMap<String, byte[]> theirs =
                LargeLog.draft(SIZE, BATCH, later, LeafChange.NONE).signed();
        expect(draft(LeafChange.NONE).change(files -> {
                    for (int index = 0; index < SIZE; index++) {
                        files.put(BundleFiles.receipt(index), content(theirs, BundleFiles.receipt(index)));
                    }
                }))
                .contains(
                        "receipts prove their entries, checkpoints signed: receipts/0.tlog-proof (checkpoint): expected a"
                                + " signature by");
    }

    @Test
    void clockSetBack() {
        Report report = VerifiedBundle.of(draft((index, leaf) -> index == 100 ? leaf.replace("06:00", "05:00") : leaf)
                .zip());
        assertThat(report.held())
                .as("clocks are set back; that is said, but is no forgery")
                .isTrue();
        assertThat(report.checks().stream()
                        .filter(check -> check.name().equals("times"))
                        .map(CheckResult::remark))
                .containsExactly("warning: 1 of 300 entries have a time before that of an earlier entry");
    }

    @Test
    void numberUsedTwice() {
        expect(draft((index, leaf) -> index == 99 ? leaf.replace("\"number\":34,", "\"number\":1,") : leaf))
                .contains(
                        "questions: asked first, at most one end, no number twice: entry 99: expected a number not used"
                                + " before, found number 1 asked again");
        expect(draft((index, leaf) -> index == 101 ? leaf.replace("\"number\":34,", "\"number\":1,") : leaf))
                .contains("entry 101: expected nothing after the terminal entry of a question");
    }

    private static BundleDraft draft(LeafChange change) {
        return LargeLog.draft(SIZE, BATCH, LOG, change);
    }

    private static byte[] receiptAtTheEnd(int index) {
        return content(LargeLog.draft(SIZE, SIZE).signed(), BundleFiles.receipt(index));
    }

    private static void replaceLog(SortedMap<String, byte[]> files, Map<String, byte[]> other) {
        files.keySet().removeIf(name -> name.startsWith(BundleFiles.LOG));
        other.forEach((name, content) -> {
            if (name.startsWith(BundleFiles.LOG)) {
                files.put(name, content);
            }
        });
    }

    private static void dropDisclosed(SortedMap<String, byte[]> files, int from) {
        for (int index = from; index < SIZE; index++) {
            files.remove(BundleFiles.receipt(index));
            files.remove(BundleFiles.record(index));
        }
    }

    private static byte[] withoutFirstLeaf(String name, byte[] bundle) {
        return Arrays.copyOfRange(bundle, 2 + lengthAt(bundle, 0), bundle.length);
    }

    private static byte[] withoutLastLeaf(String name, byte[] bundle) {
        int last = 0;
        for (int at = 0; at < bundle.length; at += 2 + lengthAt(bundle, at)) {
            last = at;
        }
        return Arrays.copyOf(bundle, last);
    }

    private static int lengthAt(byte[] bundle, int at) {
        return (bundle[at] & 0xff) << 8 | (bundle[at + 1] & 0xff);
    }

    private static byte[] checkpointOf(byte[] receipt) {
        String text = new String(receipt, StandardCharsets.UTF_8);
        return text.substring(text.indexOf("\n\n") + 2).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] content(Map<String, byte[]> files, String name) {
        return Objects.requireNonNull(files.get(name), name);
    }

    private static AbstractStringAssert<?> expect(BundleDraft draft) {
        return assertThat(findings(draft.zip(), Golden.policy("log")));
    }

    private static String findings(byte[] zip, TrustPolicy policy) {
        Report report = VerifiedBundle.of(zip, policy);
        assertThat(report.held()).isFalse();
        return VerifiedBundle.findings(report);
    }
}
