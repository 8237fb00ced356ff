package org.cartulary.verifier.bundle;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cartulary.verifier.log.TilePath;
import org.cartulary.verifier.log.TreeShape;
import org.cartulary.verifier.report.Check;
import org.cartulary.verifier.zip.CanonicalZip;

/** Which files a bundle must have, given the size of its log and the range that it exports: these and no others. */
final class FileSet {
    private static final Set<String> FIXED =
            Set.of(BundleFiles.READ_ME, BundleFiles.CHECKPOINT, BundleFiles.MANIFEST, BundleFiles.MANIFEST_NOTE);
    private static final Pattern DISCLOSED =
            Pattern.compile("(?:receipts/(0|[1-9][0-9]{0,15})\\.tlog-proof|records/(0|[1-9][0-9]{0,15})\\.json)");

    private final CanonicalZip zip;
    private final TreeShape shape;
    private final long from;
    private final long to;

    FileSet(CanonicalZip zip, TreeShape shape, long from, long to) {
        this.zip = zip;
        this.shape = shape;
        this.from = from;
        this.to = to;
    }

    void compare(Check check) {
        long expected = 0;
        for (int file = 0; file < zip.count(); file++) {
            String name = zip.name(file);
            if (belongs(name)) {
                expected++;
            } else {
                check.fail(name, "no file of this name in this bundle", "one");
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
        Matcher disclosed = DISCLOSED.matcher(name);
        if (disclosed.matches()) {
            long index = Long.parseLong(disclosed.group(1) != null ? disclosed.group(1) : disclosed.group(2));
            return index >= from && index < to;
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
