package org.cartulary.verifier.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.assertj.core.api.AbstractStringAssert;
import org.cartulary.verifier.report.Report;
import org.cartulary.verifier.testing.BundleDraft;
import org.cartulary.verifier.testing.Golden;
import org.cartulary.verifier.testing.NaiveTree;
import org.cartulary.verifier.testing.NoteSigner;
import org.cartulary.verifier.testing.ZipWriter;
import org.junit.jupiter.api.Test;

/**
 * Tampering that keeps the zip whole. Where the manifest is signed after the change, the tamperer is assumed to hold the
 * log's own key: even then what contradicts the log is found.
 */
class TamperedBundleTest {
    private static final String RECORD_3 = "records/3.json";
    private static final String RECEIPT_3 = "receipts/3.tlog-proof";
    private static final String RECEIPT_5 = "receipts/5.tlog-proof";

    @Test
    void findsAFileThatWasReplacedWithoutAKey() {
        expect(afterSigning(files -> files.put(RECORD_3, files.get("records/4.json"))))
                .contains("hashes in the manifest: records/3.json: expected SHA-256 ")
                .contains("records repeat the leaf in the log: records/3.json");
    }

    @Test
    void findsTwoFilesThatWereSwapped() {
        expect(afterSigning(files -> files.put(RECEIPT_3, files.put(RECEIPT_5, files.get(RECEIPT_3)))))
                .contains("hashes in the manifest: receipts/3.tlog-proof")
                .contains("hashes in the manifest: receipts/5.tlog-proof")
                .contains("receipts/3.tlog-proof: expected a proof for entry 3, found one for entry 5");
    }

    @Test
    void findsReceiptsThatWereSwappedByTheHolderOfTheKey() {
        expect(beforeSigning(files -> files.put(RECEIPT_3, files.put(RECEIPT_5, files.get(RECEIPT_3)))))
                .contains("receipts/3.tlog-proof: expected a proof for entry 3, found one for entry 5");
    }

    @Test
    void findsADroppedFile() {
        expect(afterSigning(files -> files.remove(RECORD_3)))
                .contains("manifest lists every file and no other: records/3.json: expected this file in the bundle");
        expect(beforeSigning(files -> files.remove(RECORD_3)))
                .contains("no file is missing and none is foreign: records/3.json: expected this file in the bundle");
        expect(beforeSigning(files -> files.remove("VERIFY.md"))).contains("foreign: VERIFY.md: expected this file");
        expect(beforeSigning(files -> files.remove("log/tile/0/000.p/12"))).contains("log/tile/0/000.p/12");
        expect(beforeSigning(files -> files.remove("log/tile/entries/000.p/12")))
                .contains("log/tile/entries/000.p/12");
        expect(beforeSigning(files -> files.remove("log/checkpoint"))).contains("log/checkpoint");
        expect(afterSigning(files -> files.remove("manifest.note"))).contains("manifest.note");
        expect(afterSigning(files -> files.remove("manifest.json"))).contains("manifest.json");
    }

    @Test
    void findsAnAddedFile() {
        byte[] added = bytes("x");
        expect(afterSigning(files -> files.put("records/12.json", added)))
                .contains("records/12.json: expected its hash in the manifest, found none")
                .contains("records/12.json: expected no file of this name in this bundle");
        expect(beforeSigning(files -> files.put("log/log.vkey", added))).contains("foreign: log/log.vkey");
        expect(beforeSigning(files -> files.put("log/tile/1/000.p/1", added))).contains("foreign: log/tile/1/000.p/1");
        expect(beforeSigning(files -> files.put("zzz", added))).contains("foreign: zzz");
        expect(beforeSigning(files -> files.put("records/03.json", added))).contains("foreign: records/03.json");
    }

    @Test
    void findsFilesInAnotherOrder() {
        SortedMap<String, byte[]> sorted = BundleDraft.golden(12, 0).signed();
        Map<String, byte[]> reordered = new LinkedHashMap<>();
        reordered.put(RECORD_3, sorted.get(RECORD_3));
        sorted.forEach(reordered::putIfAbsent);
        expect(ZipWriter.zip(reordered)).contains("canonical form: local header 1");
    }

    @Test
    void findsADoubledFile() {
        ZipWriter zip = new ZipWriter();
        BundleDraft.golden(12, 0).signed().forEach((name, content) -> {
            zip.add(name, content);
            if (name.equals(RECORD_3)) {
                zip.add(name, content);
            }
        });
        expect(zip.finish()).contains("expected a name after records/3.json, found records/3.json");
    }

    @Test
    void findsASignatureByAnotherKeyOfTheSameName() {
        NoteSigner other = NoteSigner.golden("other");
        expect(BundleDraft.golden(12, 0).signer(other).zip())
                .contains("manifest is signed by a given key: manifest.note: expected a signature by " + Golden.ORIGIN
                        + "+9a85fa99, found signatures by " + Golden.ORIGIN + "+6b3b93ab");
        expect(beforeSigning(
                        files -> files.put("log/checkpoint", other.sign(noteText(content(files, "log/checkpoint"))))))
                .contains("checkpoint is signed by a given key: log/checkpoint: expected a signature by");
    }

    @Test
    void findsAnOlderCheckpointInPlaceOfTheLast() {
        byte[] older = Golden.log(12).get("older/checkpoint");
        expect(afterSigning(files -> files.put("log/checkpoint", older)))
                .contains("about this log: manifest.json: expected the log of the checkpoint, " + Golden.ORIGIN
                        + " with 11 entries, found " + Golden.ORIGIN + " with 12");
        expect(BundleDraft.golden(12, 0)
                        .change(files -> files.put("log/checkpoint", older))
                        .manifestTail(BundleDraft.tail(Golden.ORIGIN, 11, 0, 11))
                        .zip())
                .contains("foreign: log/tile/0/000.p/12: expected no file of this name")
                .contains("log/tile/0/000.p/11: expected this file in the bundle");
    }

    @Test
    void findsARootThatTheLeavesDoNotHave() {
        NoteSigner log = NoteSigner.golden("log");
        String forged = Golden.ORIGIN + "\n12\n" + Base64.getEncoder().encodeToString(new byte[32]) + "\n";
        expect(beforeSigning(files -> files.put("log/checkpoint", bytes(log.sign(forged)))))
                .contains("root of the checkpoint follows from the leaves: checkpoint: expected the root that follows");
    }

    @Test
    void findsAReceiptOfAForkedLog() {
        NoteSigner log = NoteSigner.golden("log");
        byte[] leaf = leafOf(content(Golden.log(12), RECORD_3));
        String root = Base64.getEncoder().encodeToString(forkRoot(leaf));
        String forked = "c2sp.org/tlog-proof@v1\nindex 3\n"
                + (Base64.getEncoder().encodeToString(new byte[32]) + "\n").repeat(2) + "\n"
                + log.sign(Golden.ORIGIN + "\n4\n" + root + "\n");
        expect(beforeSigning(files -> files.put(RECEIPT_3, bytes(forked))))
                .contains(
                        "prefixes of this log: receipts/3.tlog-proof: expected the root that this log had at 4 entries")
                .doesNotContain("receipts prove");
    }

    @Test
    void findsAHashThatWasChangedInATile() {
        expect(beforeSigning(files -> files.compute("log/tile/0/000.p/12", flip(5 * 32))))
                .contains("entry 5: expected the leaf whose hash is in tile/0/000.p/12")
                .doesNotContain("root of the checkpoint");
        Report upper = VerifiedBundle.of(BundleDraft.golden(600, 590)
                .change(files -> files.compute("log/tile/1/000.p/2", flip(40)))
                .zip());
        assertThat(VerifiedBundle.findings(upper))
                .isEqualTo("every tile above follows from those below: tile/1/000.p/2: expected hash 1 as derived from "
                        + "the leaves, found another hash\n");
    }

    @Test
    void findsATileOfWrongLength() {
        expect(beforeSigning(files -> files.compute("log/tile/0/000.p/12", edit(tile -> new byte[tile.length - 1]))))
                .contains("tile/0/000.p/12: expected 12 hashes of 32 bytes, found 383 bytes");
        expect(beforeSigning(files ->
                        files.compute("log/tile/entries/000.p/12", edit(tile -> Arrays.copyOf(tile, tile.length + 1)))))
                .contains("tile/entries/000.p/12: expected 12 entries, found 1 bytes after them");
    }

    @Test
    void findsALeafThatWasChangedInTheLog() {
        expect(beforeSigning(files -> files.compute("log/tile/entries/000.p/12", replace("\"hits\":2", "\"hits\":3"))))
                .contains("entry 3: expected the leaf whose hash is in tile/0/000.p/12")
                .contains("root of the checkpoint follows from the leaves")
                .contains("records repeat the leaf in the log: records/3.json");
    }

    @Test
    void findsAPayloadOrSaltThatWasChanged() {
        expect(beforeSigning(files -> files.compute(RECORD_3, replace("4 g a day", "9 g a day"))))
                .contains("digests open with payload and salts: records/3.json, payload prompt: expected the value");
        expect(beforeSigning(files ->
                        files.compute(RECORD_3, replace("\"salts\":{\"hits\":\"m", "\"salts\":{\"hits\":\"n"))))
                .contains("digests open with payload and salts: records/3.json, payload hits");
        expect(beforeSigning(
                        files -> files.compute(RECORD_3, replace(",\"prompt\":\"Answer", ",\"prompt2\":\"Answer"))))
                .contains("records/3.json: expected a payload for the digests");
    }

    @Test
    void findsAReceiptWhoseHashesWereChanged() {
        expect(beforeSigning(files ->
                        files.compute(RECEIPT_3, edit(proof -> bytes(text(proof).replaceFirst("\n[A-Za-z]", "\n0"))))))
                .contains("receipts/3.tlog-proof");
        String extra = Base64.getEncoder().encodeToString(new byte[32]) + "\n\n";
        expect(beforeSigning(files ->
                        files.compute(RECEIPT_3, edit(proof -> bytes(text(proof).replaceFirst("\n\n", "\n" + extra))))))
                .contains("found a path of 5 hashes where index 3 in a tree of 12 has 4");
    }

    @Test
    void findsAManifestThatIsNotCanonicalOrSpeaksOfAnotherRange() {
        expect(BundleDraft.golden(12, 0)
                        .manifestTail(",\"from\":0, \"origin\":\"o\",\"size\":12,\"to\":12,\"v\":1}\n")
                        .zip())
                .contains("manifest is canonical and about this log: manifest.json, byte");
        expect(BundleDraft.golden(12, 0)
                        .manifestTail(BundleDraft.tail(Golden.ORIGIN, 12, 3, 13))
                        .zip())
                .contains("manifest.json: expected from <= to <= size");
        expect(BundleDraft.golden(12, 0)
                        .manifestTail(BundleDraft.tail(Golden.ORIGIN, 12, 1, 12))
                        .zip())
                .contains("foreign: records/0.json")
                .contains("foreign: receipts/0.tlog-proof");
        expect(BundleDraft.golden(12, 0)
                        .manifestTail(BundleDraft.tail("another.invalid/log", 12, 0, 12))
                        .zip())
                .contains("found another.invalid/log with 12");
    }

    private static AbstractStringAssert<?> expect(byte[] zip) {
        Report report = VerifiedBundle.of(zip);
        assertThat(report.held()).isFalse();
        return assertThat(VerifiedBundle.findings(report));
    }

    private static byte[] beforeSigning(Consumer<SortedMap<String, byte[]>> change) {
        return BundleDraft.golden(12, 0).change(change).zip();
    }

    private static byte[] afterSigning(Consumer<SortedMap<String, byte[]>> change) {
        SortedMap<String, byte[]> files = BundleDraft.golden(12, 0).signed();
        change.accept(files);
        return ZipWriter.zip(files);
    }

    private interface Edit extends BiFunction<String, byte[], byte[]> {}

    private static Edit edit(UnaryOperator<byte[]> change) {
        return (name, content) -> change.apply(content);
    }

    private static Edit flip(int position) {
        return edit(content -> {
            byte[] flipped = content.clone();
            flipped[position] ^= 1;
            return flipped;
        });
    }

    private static Edit replace(String from, String to) {
        return edit(content -> {
            String text = new String(content, StandardCharsets.ISO_8859_1);
            assertThat(text).contains(from);
            return text.replaceFirst(Pattern.quote(from), to).getBytes(StandardCharsets.ISO_8859_1);
        });
    }

    private static byte[] content(Map<String, byte[]> files, String name) {
        return Objects.requireNonNull(files.get(name));
    }

    private static byte[] noteText(byte[] note) {
        String text = text(note);
        return bytes(text.substring(0, text.indexOf("\n\n") + 1));
    }

    private static byte[] leafOf(byte[] record) {
        String text = text(record);
        return Base64.getDecoder().decode(text.substring("{\"leaf\":\"".length(), text.indexOf('"', 10)));
    }

    /** Root of a tree of four in which the leaf is the last and both siblings on its way are zeros. */
    private static byte[] forkRoot(byte[] leaf) {
        byte[] zeros = new byte[32];
        byte[] hash = NaiveTree.leaf(leaf);
        return NaiveTree.node(zeros, NaiveTree.node(zeros, hash));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
