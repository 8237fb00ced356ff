package org.cartulary.verifier.bundle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import org.cartulary.verifier.json.CanonicalReader;
import org.cartulary.verifier.leaf.LeafTime;
import org.cartulary.verifier.report.Check;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.report.Finding;
import org.cartulary.verifier.zip.CanonicalZip;

/**
 * The manifest of a bundle, read beside the zip whose files it lists.
 *
 * @param version 1 or 2
 * @param origin of the log
 * @param size of the log in the bundle, in entries
 * @param disclosed indexes of the exported entries
 * @param askedFor what was asked for, in words; empty where that is all, or not said
 * @param listing the hashes in it
 */
record Manifest(int version, String origin, long size, Ranges disclosed, String askedFor, Listing listing) {
    /** Longest manifest that is read. All of it is held in memory, as its signature needs. */
    static final int MAX_BYTES = 1 << 28;

    private static final String WHERE = BundleFiles.MANIFEST;
    private static final byte[] END_OF_VERSION_2 = ",\"v\":2}\n".getBytes(StandardCharsets.US_ASCII);
    private static final long VERSION_1 = 1;
    private static final long VERSION_2 = 2;

    /** What can be asked for: options of {@code audit export}. */
    private static final Set<String> OPTIONS =
            Set.of("actor", "case", "document", "from", "model", "number", "outcome", "shard", "to", "witnessed");

    /** Reads it; files that only one of the two sides has are recorded in {@code coverage}. */
    static Manifest read(byte[] bytes, CanonicalZip zip, Check coverage) {
        if (bytes.length == 0 || bytes[bytes.length - 1] != '\n') {
            throw new CheckFailed(WHERE, "one newline at the end", "none");
        }
        CanonicalReader reader = new CanonicalReader(bytes, 0, bytes.length - 1, WHERE);
        reader.beginObject();
        reader.name("created");
        String created = reader.string();
        if (LeafTime.micros(created) == null) {
            throw reader.failure("a UTC time such as 2026-11-22T06:00:00.123456Z", Finding.quoted(created));
        }
        Manifest manifest =
                isVersion2(bytes) ? readVersion2(reader, zip, coverage) : readVersion1(reader, bytes, zip, coverage);
        reader.endObject();
        reader.end();
        if (manifest.disclosed.end() > manifest.size || manifest.disclosed.count() > CanonicalZip.MAX_FILES / 2) {
            throw new CheckFailed(
                    WHERE,
                    "disclosed entries of the " + manifest.size + " in the log, at most " + CanonicalZip.MAX_FILES / 2,
                    manifest.disclosed.shown());
        }
        return manifest;
    }

    private static boolean isVersion2(byte[] bytes) {
        int from = bytes.length - END_OF_VERSION_2.length;
        return from > 0 && Arrays.equals(bytes, from, bytes.length, END_OF_VERSION_2, 0, END_OF_VERSION_2.length);
    }

    private static Manifest readVersion1(CanonicalReader reader, byte[] bytes, CanonicalZip zip, Check coverage) {
        reader.name("files");
        FileHashes hashes = FileHashes.read(reader, bytes, zip, coverage);
        reader.name("from");
        long from = reader.count();
        reader.name("origin");
        String origin = reader.string();
        reader.name("size");
        long size = reader.count();
        reader.name("to");
        long to = reader.count();
        requireVersion(reader, VERSION_1);
        if (from > to || to > size) {
            throw new CheckFailed(WHERE, "from <= to <= size", "from " + from + ", to " + to + ", size " + size);
        }
        return new Manifest(1, origin, size, Ranges.of(from, to), "", hashes);
    }

    private static Manifest readVersion2(CanonicalReader reader, CanonicalZip zip, Check coverage) {
        reader.name("directories");
        SortedMap<String, String> directories = NamedHashes.read(reader);
        reader.name("disclosed");
        Ranges disclosed = Ranges.parse(reader.string(), WHERE);
        reader.name("files");
        SortedMap<String, String> files = NamedHashes.read(reader);
        reader.name("origin");
        String origin = reader.string();
        reader.name("selection");
        String askedFor = readSelection(reader);
        reader.name("size");
        long size = reader.count();
        requireVersion(reader, VERSION_2);
        return new Manifest(2, origin, size, disclosed, askedFor, NamedHashes.of(directories, files, zip, coverage));
    }

    private static String readSelection(CanonicalReader reader) {
        StringJoiner words = new StringJoiner(" ");
        reader.beginObject();
        for (String name = reader.nextName(); name != null; name = reader.nextName()) {
            if (!OPTIONS.contains(name)) {
                throw reader.failure("an option of audit export", Finding.quoted(name));
            }
            words.add("--" + name + " " + Finding.quoted(reader.string()));
        }
        return words.toString();
    }

    private static void requireVersion(CanonicalReader reader, long version) {
        reader.name("v");
        if (reader.count() != version) {
            throw reader.failure("version 1 or 2, those that this verifier knows", "another");
        }
    }
}
