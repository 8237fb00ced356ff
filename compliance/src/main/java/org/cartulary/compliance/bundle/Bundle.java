package org.cartulary.compliance.bundle;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cartulary.compliance.canonical.CanonicalJson;
import org.cartulary.compliance.evidence.IndexRanges;
import org.cartulary.compliance.evidence.PublishedLog;
import org.cartulary.compliance.tlog.Tile;

/**
 * Writes one bundle, each file once and in the order of the zip. The manifest stands before files whose hashes it has: its
 * length is known when its place comes, and it is filled in at the end. For one thread and one use.
 */
final class Bundle {
    private static final long VERSION = 2;

    private static final String TILES = "log/tile";
    private static final String RECEIPTS = "receipts";
    private static final String RECORDS = "records";
    private static final String REPORT = "report.html";

    private final PublishedLog log;
    private final IndexRanges disclosed;
    private final SortedMap<String, String> selection;
    private final Instant created;
    private final BundleExtras extras;
    private final SortedMap<String, String> files = new TreeMap<>();
    private final SortedMap<String, String> directories =
            new TreeMap<>(Map.of(TILES, Sha256.UNKNOWN, RECEIPTS, Sha256.UNKNOWN, RECORDS, Sha256.UNKNOWN));

    /**
     * Describes a bundle.
     *
     * @param selection what was asked for, by the names of options
     */
    Bundle(
            PublishedLog log,
            IndexRanges disclosed,
            SortedMap<String, String> selection,
            Instant created,
            BundleExtras extras) {
        this.log = log;
        this.disclosed = disclosed;
        this.selection = selection;
        this.created = created;
        this.extras = extras;
    }

    void writeTo(CanonicalZip zip) throws IOException {
        EntryTable table = new EntryTable(log, disclosed);
        add(zip, "VERIFY.md", VerifyGuide.bytes());
        add(zip, "entries.csv", table::writeTo);
        add(zip, "log/checkpoint", utf8(log.note()));
        Optional<byte[]> stamp = log.timestamp();
        if (stamp.isPresent()) {
            add(zip, "log/checkpoint.tst", stamp.get());
        }
        addTiles(zip);
        SortedMap<String, byte[]> models = new TreeMap<>();
        table.models()
                .forEach(sha256 -> extras.models()
                        .manifest(sha256)
                        .ifPresent(manifest -> models.put("models/" + sha256 + ".json", manifest)));
        models.keySet().forEach(name -> files.put(name, Sha256.UNKNOWN));
        files.put(REPORT, Sha256.UNKNOWN);
        String policy = extras.policy();
        if (policy != null) {
            files.put("policy.txt", Sha256.UNKNOWN);
        }
        byte[] draft = manifest();
        CanonicalZip.Place manifest = zip.reserve("manifest.json", draft.length);
        CanonicalZip.Place note = zip.reserve("manifest.note", note(draft).length);
        CanonicalZip.Place cms = zip.reserve("manifest.p7s", log.signCms(draft, created).length);
        for (Map.Entry<String, byte[]> model : models.entrySet()) {
            add(zip, model.getKey(), model.getValue());
        }
        if (policy != null) {
            add(zip, "policy.txt", utf8(policy));
        }
        addEntries(zip);
        add(zip, REPORT, new Report(log, disclosed, selection, created)::writeTo);
        byte[] text = manifest();
        zip.fill(manifest, text);
        zip.fill(note, note(text));
        zip.fill(cms, log.signCms(text, created));
        zip.finish();
    }

    private void addTiles(CanonicalZip zip) throws IOException {
        Sha256.Directory hash = new Sha256.Directory();
        Tile.forEachByPath(log.checkpoint().size(), tile -> add(zip, hash, "log/" + tile.path(), log.tile(tile)));
        directories.put(TILES, hash.hex());
    }

    private void addEntries(CanonicalZip zip) throws IOException {
        Sha256.Directory receipts = new Sha256.Directory();
        disclosed.forEachByName(
                index -> add(zip, receipts, RECEIPTS + "/" + index + ".tlog-proof", utf8(log.proof(index))));
        directories.put(RECEIPTS, receipts.hex());
        Sha256.Directory records = new Sha256.Directory();
        disclosed.forEachByName(index -> add(
                zip, records, RECORDS + "/" + index + ".json", utf8(log.recordJson(index, disclosed.endFrom(index)))));
        directories.put(RECORDS, records.hex());
    }

    private static void add(CanonicalZip zip, Sha256.Directory directory, String name, byte[] content)
            throws IOException {
        zip.add(name, content);
        directory.add(name, content);
    }

    private void add(CanonicalZip zip, String name, byte[] content) throws IOException {
        zip.add(name, content);
        files.put(name, Sha256.hex(content));
    }

    private void add(CanonicalZip zip, String name, CanonicalZip.Content content) throws IOException {
        MessageDigest sha256 = Sha256.digest();
        zip.add(name, (OutputStream out) -> content.writeTo(new DigestOutputStream(out, sha256)));
        files.put(name, HexFormat.of().formatHex(sha256.digest()));
    }

    /** RFC 8785 and a newline; of the same length whether hashes are known or not. */
    private byte[] manifest() {
        Map<String, Object> manifest = new TreeMap<>();
        manifest.put("v", VERSION);
        manifest.put("origin", log.checkpoint().origin());
        manifest.put("size", log.checkpoint().size());
        manifest.put("selection", selection);
        manifest.put("disclosed", disclosed.text());
        manifest.put("created", CanonicalJson.time(created));
        manifest.put("directories", directories);
        manifest.put("files", files);
        return utf8(CanonicalJson.text(manifest) + "\n");
    }

    private byte[] note(byte[] manifest) {
        return utf8(log.sign(new String(manifest, StandardCharsets.UTF_8)));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
