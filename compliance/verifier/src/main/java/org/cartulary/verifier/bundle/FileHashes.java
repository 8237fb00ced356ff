package org.cartulary.verifier.bundle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.cartulary.verifier.json.CanonicalReader;
import org.cartulary.verifier.report.Check;
import org.cartulary.verifier.report.Finding;
import org.cartulary.verifier.zip.CanonicalZip;

/**
 * What a manifest of version 1 lists: a hash for each file, in the order of the zip.
 *
 * @param hashAt for each file of the zip where its hex SHA-256 stands in {@code bytes}; 0 for files without one
 * @param bytes the manifest itself
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as they lie in files: never changed, never compared as a record
record FileHashes(int[] hashAt, byte[] bytes) implements Listing {
    private static final byte[] NAME = BundleFiles.MANIFEST.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTE_NAME = BundleFiles.MANIFEST_NOTE.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final String AFTER_ALL_NAMES = "\uffff";

    /** Reads the object of files, the next value. */
    static FileHashes read(CanonicalReader reader, byte[] bytes, CanonicalZip zip, Check coverage) {
        int[] hashAt = new int[zip.count()];
        int listed = FileList.read(bytes, reader.position(), zip, hashAt);
        if (listed >= 0) {
            reader.skipTo(listed);
            coverage.hold(Arrays.stream(hashAt).filter(at -> at > 0).count());
        } else {
            hashAt = readFiles(reader, zip, coverage);
        }
        return new FileHashes(hashAt, bytes);
    }

    @Override
    public boolean has(int file) {
        return hashAt[file] != 0;
    }

    /** Whether this is the SHA-256 that is listed for a file, which must have one. */
    boolean lists(int file, byte[] sha256) {
        for (int i = 0; i < sha256.length; i++) {
            int at = hashAt[file] + 2 * i;
            if (bytes[at] != HEX[sha256[i] >> 4 & 0xf] || bytes[at + 1] != HEX[sha256[i] & 0xf]) {
                return false;
            }
        }
        return true;
    }

    /** The hex SHA-256 that is listed for a file, which must have one. */
    String listedHash(int file) {
        return new String(bytes, hashAt[file], 64, StandardCharsets.US_ASCII);
    }

    /** The list as it should be; where a manifest has another, {@link #readFiles} says where and how it differs. */
    private record FileList(byte[] bytes, CanonicalZip zip, int[] hashAt) {
        private static final int HASH_CHARS = 64;
        private static final boolean[] IS_HEX = new boolean[256];

        static {
            for (byte digit : HEX) {
                IS_HEX[digit] = true;
            }
        }

        /** Reads it from a position on; where it ends, or -1 where it is not the canonical list of exactly these files. */
        static int read(byte[] bytes, int from, CanonicalZip zip, int[] hashAt) {
            int end = new FileList(bytes, zip, hashAt).read(from);
            if (end < 0) {
                Arrays.fill(hashAt, 0);
            }
            return end;
        }

        private int read(int from) {
            byte[] name = new byte[CanonicalZip.MAX_NAME_BYTES];
            int at = from;
            byte before = '{';
            for (int file = 0; file < zip.count(); file++) {
                int length = zip.name(file, name);
                if (isManifest(name, length)) {
                    continue;
                }
                int hash = at + 2 + length + 3; // behind {"name":" or ,"name":"
                if (hash + HASH_CHARS + 1 >= bytes.length
                        || bytes[at] != before
                        || bytes[at + 1] != '"'
                        || !Arrays.equals(bytes, at + 2, at + 2 + length, name, 0, length)
                        || bytes[hash - 3] != '"'
                        || bytes[hash - 2] != ':'
                        || bytes[hash - 1] != '"'
                        || !isHex(hash)
                        || bytes[hash + HASH_CHARS] != '"') {
                    return -1;
                }
                hashAt[file] = hash;
                at = hash + HASH_CHARS + 1;
                before = ',';
            }
            return before == ',' && bytes[at] == '}' ? at + 1 : -1;
        }

        private boolean isHex(int from) {
            boolean hex = true;
            for (int i = from; i < from + HASH_CHARS; i++) {
                hex &= IS_HEX[bytes[i] & 0xff];
            }
            return hex;
        }

        private static boolean isManifest(byte[] name, int length) {
            return Arrays.equals(name, 0, length, NAME, 0, NAME.length)
                    || Arrays.equals(name, 0, length, NOTE_NAME, 0, NOTE_NAME.length);
        }
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
        boolean hex = hash.length() == 64;
        for (int i = 0; hex && i < hash.length(); i++) {
            char c = hash.charAt(i);
            hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        }
        if (!hex) {
            throw reader.failure("a SHA-256 in hex", Finding.quoted(hash));
        }
    }
}
