package org.cartulary.verifier.bundle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cartulary.verifier.json.CanonicalReader;
import org.cartulary.verifier.report.Check;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.report.Finding;
import org.cartulary.verifier.zip.CanonicalZip;

/**
 * What a manifest of version 2 lists: a hash for each of the large directories, and for each other file.
 *
 * @param directories by name without a slash at the end
 * @param files by name
 * @param byPosition the hashes of {@code files} by position in the zip
 */
record NamedHashes(
        SortedMap<String, String> directories, SortedMap<String, String> files, Map<Integer, String> byPosition)
        implements Listing {
    /** The directories, which all have a hash, in the order of their names. */
    static final List<String> DIRECTORIES = List.of("log/tile", "receipts", "records");

    private static final int MOST_FILES = 10_000;

    private static final List<byte[]> PREFIXES = DIRECTORIES.stream()
            .map(name -> (name + "/").getBytes(StandardCharsets.US_ASCII))
            .toList();

    /** Reads an object of hashes, the next value. */
    static SortedMap<String, String> read(CanonicalReader reader) {
        SortedMap<String, String> hashes = new TreeMap<>();
        reader.beginObject();
        for (String name = reader.nextName(); name != null; name = reader.nextName()) {
            String hash = reader.string();
            if (!hash.matches("[0-9a-f]{64}")) {
                throw reader.failure("a SHA-256 in hex", Finding.quoted(hash));
            }
            hashes.put(name, hash);
            if (hashes.size() > MOST_FILES) {
                throw reader.failure("at most " + MOST_FILES + " files outside the directories", "more");
            }
        }
        return hashes;
    }

    /** Compares names with those of the zip; what only one side has is recorded in {@code coverage}. */
    static NamedHashes of(
            SortedMap<String, String> directories, SortedMap<String, String> files, CanonicalZip zip, Check coverage) {
        if (!DIRECTORIES.equals(new ArrayList<>(directories.keySet()))) {
            throw new CheckFailed(
                    BundleFiles.MANIFEST,
                    "hashes of the directories " + DIRECTORIES,
                    directories.keySet().toString());
        }
        Map<Integer, String> byPosition = new HashMap<>();
        byte[] name = new byte[CanonicalZip.MAX_NAME_BYTES];
        long covered = 0;
        for (int file = 0; file < zip.count(); file++) {
            int length = zip.name(file, name);
            if (directory(name, length) >= 0) {
                covered++;
                continue;
            }
            String hash = files.get(zip.name(file));
            if (hash != null) {
                byPosition.put(file, hash);
                covered++;
            } else if (!BundleFiles.isManifest(zip.name(file))) {
                coverage.fail(zip.name(file), "its hash in the manifest", "none");
            }
        }
        coverage.hold(covered);
        for (String listed : files.keySet()) {
            if (zip.find(listed).isEmpty()) {
                coverage.fail(listed, "this file in the bundle, as the manifest lists it", "none");
            } else if (BundleFiles.isManifest(listed)) {
                coverage.fail(listed, "no hash of it in the manifest", "one");
            }
        }
        return new NamedHashes(directories, files, byPosition);
    }

    /** Which of the directories a file lies in; -1 for none. */
    static int directory(byte[] name, int length) {
        for (int i = 0; i < PREFIXES.size(); i++) {
            byte[] prefix = PREFIXES.get(i);
            if (length > prefix.length && Arrays.equals(name, 0, prefix.length, prefix, 0, prefix.length)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public boolean has(int file) {
        return byPosition.containsKey(file);
    }
}
