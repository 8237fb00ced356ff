package org.cartulary.verifier.bundle;

import java.util.Arrays;
import org.cartulary.verifier.json.CanonicalReader;
import org.cartulary.verifier.leaf.LeafTime;
import org.cartulary.verifier.report.Check;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.report.Finding;
import org.cartulary.verifier.zip.CanonicalZip;

/**
 * The manifest of a bundle, read beside the zip whose files it lists in the same order.
 *
 * @param origin of the log
 * @param size of the log in the bundle, in entries
 * @param from first exported entry
 * @param to behind the last exported entry
 * @param hashAt for each file of the zip where its hex SHA-256 stands in {@code bytes}; 0 for files without one
 * @param bytes the manifest itself
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they lie in files: never changed, never compared as a record
record Manifest(String origin, long size, long from, long to, int[] hashAt, byte[] bytes) {
    /** Longest manifest that is read: about 2.5 million files. All of it is held in memory, as its signature needs. */
    static final int MAX_BYTES = 1 << 28;

    private static final String WHERE = BundleFiles.MANIFEST;
    private static final long VERSION = 1;
    private static final String AFTER_ALL_NAMES = "\uffff";

    /** Reads it; files that only one of the two sides has are recorded in {@code coverage}. */
    static Manifest read(byte[] bytes, CanonicalZip zip, Check coverage) {
        if (bytes.length == 0 || bytes[bytes.length - 1] != '\n') {
            throw new CheckFailed(WHERE, "one newline at the end", "none");
        }
        CanonicalReader reader = new CanonicalReader(bytes, 0, bytes.length - 1, WHERE);
        reader.beginObject();
        reader.name("created");
        String created = reader.string();
        if (LeafTime.nanos(created) == null) {
            throw reader.failure("a UTC time such as 2026-11-22T06:00:00.123456Z", Finding.quoted(created));
        }
        reader.name("files");
        int[] hashAt = readFiles(reader, zip, coverage);
        reader.name("from");
        long from = reader.count();
        reader.name("origin");
        String origin = reader.string();
        reader.name("size");
        long size = reader.count();
        reader.name("to");
        long to = reader.count();
        reader.name("v");
        if (reader.count() != VERSION) {
            throw reader.failure("version 1, the one that this verifier knows", "another");
        }
        reader.endObject();
        reader.end();
        if (from > to || to > size || to - from > CanonicalZip.MAX_FILES) {
            throw new CheckFailed(WHERE, "from <= to <= size", "from " + from + ", to " + to + ", size " + size);
        }
        return new Manifest(origin, size, from, to, hashAt, bytes);
    }

    /** The hex SHA-256 that is listed for a file, which must have one. */
    byte[] listedHash(int file) {
        return Arrays.copyOfRange(bytes, hashAt[file], hashAt[file] + 64);
    }

    private static int[] readFiles(CanonicalReader reader, CanonicalZip zip, Check coverage) {
        int[] hashAt = new int[zip.count()];
        int file = firstListed(zip, 0);
        reader.beginObject();
        for (String name = reader.nextName(); name != null; name = reader.nextName()) {
            int at = reader.position() + 1; // behind the opening quote
            requireHash(reader, reader.string());
            file = reportUnlisted(zip, file, name, coverage);
            if (file < zip.count() && zip.name(file).equals(name)) {
                hashAt[file] = at;
                coverage.hold();
                file = firstListed(zip, file + 1);
            } else {
                coverage.fail(name, "this file in the bundle, as the manifest lists it", "none");
            }
        }
        reportUnlisted(zip, file, AFTER_ALL_NAMES, coverage);
        return hashAt;
    }

    /** Passes over files of the zip that come before {@code name} and so have no hash. */
    private static int reportUnlisted(CanonicalZip zip, int from, String name, Check coverage) {
        int file = from;
        while (file < zip.count() && zip.name(file).compareTo(name) < 0) {
            coverage.fail(zip.name(file), "its hash in the manifest", "none");
            file = firstListed(zip, file + 1);
        }
        return file;
    }

    /** The first file at or after {@code from} that the manifest must list: all but itself and its note. */
    private static int firstListed(CanonicalZip zip, int from) {
        int file = from;
        while (file < zip.count() && isManifest(zip.name(file))) {
            file++;
        }
        return file;
    }

    private static boolean isManifest(String name) {
        return name.equals(BundleFiles.MANIFEST) || name.equals(BundleFiles.MANIFEST_NOTE);
    }

    private static void requireHash(CanonicalReader reader, String hash) {
        if (hash.length() != 64 || !hash.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            throw reader.failure("a SHA-256 in hex", Finding.quoted(hash));
        }
    }
}
