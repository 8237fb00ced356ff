package org.cartulary.verifier.bundle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import org.cartulary.verifier.log.TilePath;
import org.cartulary.verifier.log.TreeShape;
import org.cartulary.verifier.report.Check;
import org.cartulary.verifier.zip.CanonicalZip;
import org.cartulary.verifier.zip.Table;

/**
 * Which files a bundle must have, given the size of its log and the entries that it exports: these and no others; and where in
 * the zip the receipt and record of each exported entry lie. Holds 8 bytes for each of these in a {@link Table}.
 */
final class FileSet {
    private static final Set<String> FIXED =
            Set.of(BundleFiles.READ_ME, BundleFiles.CHECKPOINT, BundleFiles.MANIFEST, BundleFiles.MANIFEST_NOTE);
    private static final Set<String> FIXED_IN_VERSION_2 = Set.of(
            BundleFiles.READ_ME,
            BundleFiles.CHECKPOINT,
            BundleFiles.MANIFEST,
            BundleFiles.MANIFEST_NOTE,
            BundleFiles.MANIFEST_CMS,
            "entries.csv",
            "report.html");
    private static final Pattern OPTIONAL_IN_VERSION_2 =
            Pattern.compile("policy\\.txt|log/checkpoint\\.tst|models/[0-9a-f]{64}\\.json");
    private static final int MAX_DIGITS = 16;

    private final CanonicalZip zip;
    private final TreeShape shape;
    private final Ranges exported;
    private final Set<String> fixed;
    private final boolean optional;
    private final Disclosed receipts;
    private final Disclosed records;

    /**
     * Prepares the comparison.
     *
     * @param receipts empty; holds where receipts lie
     * @param records empty; holds where records lie
     */
    FileSet(CanonicalZip zip, TreeShape shape, Manifest manifest, Table receipts, Table records) {
        this.zip = zip;
        this.shape = shape;
        this.exported = manifest.disclosed();
        this.optional = manifest.version() > 1;
        this.fixed = optional ? FIXED_IN_VERSION_2 : FIXED;
        this.receipts = new Disclosed("receipts/", ".tlog-proof", receipts);
        this.records = new Disclosed("records/", ".json", records);
    }

    /** Files of one kind, one for each exported entry. */
    private final class Disclosed {
        private final byte[] prefix;
        private final byte[] suffix;
        /** Position in the zip plus one, by place among the exported entries. */
        private final Table files;

        Disclosed(String prefix, String suffix, Table files) {
            this.prefix = prefix.getBytes(StandardCharsets.US_ASCII);
            this.suffix = suffix.getBytes(StandardCharsets.US_ASCII);
            this.files = files;
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
            long place = exported.place(index);
            if (place < 0) {
                return false;
            }
            files.set((int) place, file + 1L);
            return true;
        }

        int file(long index) {
            return (int) files.get((int) exported.place(index)) - 1;
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
        long others = 0;
        for (int file = 0; file < zip.count(); file++) {
            int length = zip.name(file, name);
            if (receipts.takes(name, length, file) || records.takes(name, length, file) || belongs(zip.name(file))) {
                expected++;
            } else if (optional && OPTIONAL_IN_VERSION_2.matcher(zip.name(file)).matches()) {
                expected++;
                others++;
            } else {
                check.fail(zip.name(file), "no file of this name in this bundle", "one");
            }
        }
        check.hold(expected);
        if (expected - others
                < fixed.size() + shape.files() + 2 * exported.count()) { // distinct names: counting suffices
            reportMissing(check);
        }
    }

    private boolean belongs(String name) {
        if (name.startsWith(BundleFiles.LOG + "tile/")) {
            TilePath tile = TilePath.parse(name.substring(BundleFiles.LOG.length()));
            return tile != null && shape.has(tile);
        }
        return fixed.contains(name);
    }

    private void reportMissing(Check check) {
        fixed.stream().sorted().forEach(name -> require(name, check));
        shape.forEach(tile -> require(BundleFiles.LOG + tile.path(), check));
        exported.forEach(index -> {
            require(BundleFiles.receipt(index), check);
            require(BundleFiles.record(index), check);
        });
    }

    private void require(String name, Check check) {
        if (zip.find(name).isEmpty()) {
            check.fail(name, "this file in the bundle", "none");
        }
    }
}
