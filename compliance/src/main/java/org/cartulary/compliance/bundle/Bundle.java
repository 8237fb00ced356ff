package org.cartulary.compliance.bundle;

import static org.cartulary.compliance.bundle.BundleExporter.utf8;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.cartulary.compliance.canonical.CanonicalJson;
import org.cartulary.compliance.evidence.PublishedLog;
import org.cartulary.compliance.tlog.Tile;

/**
 * What one bundle holds. The manifest stands before files whose hashes it lists, so those are made twice, once to be
 * hashed and once to be written; the second time must give the same bytes. For one thread.
 */
final class Bundle {
    private static final long VERSION = 1;

    private final PublishedLog log;
    private final long from;
    private final long to;
    private final Instant created;
    private final Map<String, String> hashes = new TreeMap<>();

    Bundle(PublishedLog log, long from, long to, Instant created) {
        this.log = log;
        this.from = from;
        this.to = to;
        this.created = created;
    }

    /** RFC 8785 of the manifest and a newline; hashes every file. */
    byte[] manifest() throws IOException {
        for (BundleFile file : content()) {
            hashes.put(file.name(), sha256(file.content().bytes()));
        }
        Map<String, Object> manifest = new TreeMap<>();
        manifest.put("v", VERSION);
        manifest.put("origin", log.checkpoint().origin());
        manifest.put("size", log.checkpoint().size());
        manifest.put("from", from);
        manifest.put("to", to);
        manifest.put("created", CanonicalJson.time(created));
        manifest.put("files", hashes);
        return utf8(CanonicalJson.text(manifest) + "\n");
    }

    /** All files in the order of the zip. */
    List<BundleFile> files(byte[] manifest) {
        List<BundleFile> files = new ArrayList<>();
        content().forEach(file -> files.add(new BundleFile(file.name(), () -> unchanged(file))));
        files.add(new BundleFile("manifest.json", () -> manifest));
        String text = new String(manifest, java.nio.charset.StandardCharsets.UTF_8);
        files.add(new BundleFile("manifest.note", () -> utf8(log.sign(text))));
        files.sort(Comparator.comparing(BundleFile::name));
        return files;
    }

    private List<BundleFile> content() {
        Stream<BundleFile> fixed = Stream.of(
                new BundleFile("VERIFY.md", VerifyGuide::bytes),
                new BundleFile("log/checkpoint", () -> utf8(log.note())));
        Stream<BundleFile> tiles = Tile.ofTree(log.checkpoint().size()).stream()
                .map(tile -> new BundleFile("log/" + tile.path(), () -> log.tile(tile)));
        Stream<BundleFile> entries = LongStream.range(from, to)
                .boxed()
                .flatMap(index -> Stream.of(
                        new BundleFile("receipts/" + index + ".tlog-proof", () -> utf8(log.proof(index))),
                        new BundleFile("records/" + index + ".json", () -> utf8(log.recordJson(index)))));
        return Stream.concat(fixed, Stream.concat(tiles, entries)).toList();
    }

    private byte[] unchanged(BundleFile file) throws IOException {
        byte[] bytes = file.content().bytes();
        if (!sha256(bytes).equals(hashes.get(file.name()))) {
            throw new IOException(
                    file.name() + " changed while it was exported (was its key destroyed?): export again");
        }
        return bytes;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }
}
