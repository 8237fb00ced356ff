package org.cartulary.verifier.bundle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.cartulary.verifier.log.TilePath;
import org.cartulary.verifier.log.TreeShape;
import org.cartulary.verifier.report.Check;
import org.cartulary.verifier.zip.CanonicalZip;

/**
 * Which files a bundle must have, given the size of its log and the range that it exports: these and no others; and where in
 * the zip the receipt and record of each exported entry lie. Holds 8 bytes of heap an entry.
 */
final class FileSet {
    private static final Set<String> FIXED =
            Set.of(BundleFiles.READ_ME, BundleFiles.CHECKPOINT, BundleFiles.MANIFEST, BundleFiles.MANIFEST_NOTE);
    private static final int MAX_DIGITS = 16;

    private final CanonicalZip zip;
    private final TreeShape shape;
    private final long from;
    private final long to;
    private final Disclosed receipts;
    private final Disclosed records;

    FileSet(CanonicalZip zip, TreeShape shape, long from, long to) {
        this.zip = zip;
        this.shape = shape;
        this.from = from;
        this.to = to;
        this.receipts = new Disclosed("receipts/", ".tlog-proof");
        this.records = new Disclosed("records/", ".json");
    }

    /** Files of one kind, one for each exported entry. */
    private final class Disclosed {
        private final byte[] prefix;
        private final byte[] suffix;
        private final int[] files = new int[(int) (to - from)];

        Disclosed(String prefix, String suffix) {
            this.prefix = prefix.getBytes(StandardCharsets.US_ASCII);
            this.suffix = suffix.getBytes(StandardCharsets.US_ASCII);
            Arrays.fill(files, BundleFiles.MISSING);
        }

        /** Takes note of a file whose name says that it is one of these, and of an exported entry. */
        boolean takes(byte[] name, int length, int file) {
            int digits = length - prefix.length - suffix.length;
            if (digits < 1
                    || digits > MAX_DIGITS
                    || !Arrays.equals(name, 0, prefix.length, prefix, 0, prefix.length)
                    || !Arrays.equals(name, length - suffix.length, length, suffix, 0, suffix.length)
                    || (name[prefix.length] == '0' && digits > 1)) {
                return false;
            }
            long index = 0;
            for (int i = prefix.length; i < prefix.length + digits; i++) {
                if (name[i] < '0' || name[i] > '9') {
                    return false;
                }
                index = index * 10 + (name[i] - '0');
            }
            if (index < from || index >= to) {
                return false;
            }
            files[(int) (index - from)] = file;
            return true;
        }

        int file(long index) {
            return files[(int) (index - from)];
        }
    }

    /** Position of the receipt of an exported entry, or {@link BundleFiles#MISSING}. */
    int receipt(long index) {
        return receipts.file(index);
    }

    /** Position of the record of an exported entry, or {@link BundleFiles#MISSING}. */
    int record(long index) {
        return records.file(index);
    }

    /** Looks at every name. Has to come first. */
    void compare(Check check) {
        byte[] name = new byte[CanonicalZip.MAX_NAME_BYTES];
        long expected = 0;
        for (int file = 0; file < zip.count(); file++) {
            int length = zip.name(file, name);
            if (receipts.takes(name, length, file) || records.takes(name, length, file) || belongs(zip.name(file))) {
                expected++;
            } else {
                check.fail(zip.name(file), "no file of this name in this bundle", "one");
            }
        }
        check.hold(expected);
        if (expected < FIXED.size() + shape.files() + 2 * (to - from)) { // names are distinct, so counting suffices
            reportMissing(check);
        }
    }

    private boolean belongs(String name) {
        if (name.startsWith(BundleFiles.LOG) && !name.equals(BundleFiles.CHECKPOINT)) {
            TilePath tile = TilePath.parse(name.substring(BundleFiles.LOG.length()));
            return tile != null && shape.has(tile);
        }
        return FIXED.contains(name);
    }

    private void reportMissing(Check check) {
        FIXED.stream().sorted().forEach(name -> require(name, check));
        shape.forEach(tile -> require(BundleFiles.LOG + tile.path(), check));
        for (long index = from; index < to; index++) {
            require(BundleFiles.receipt(index), check);
            require(BundleFiles.record(index), check);
        }
    }

    private void require(String name, Check check) {
        if (zip.find(name).isEmpty()) {
            check.fail(name, "this file in the bundle", "none");
        }
    }
}
