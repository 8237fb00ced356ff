package org.cartulary.verifier.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cartulary.verifier.leaf.Leaf;
import org.cartulary.verifier.leaf.Questions;
import org.cartulary.verifier.leaf.Times;
import org.cartulary.verifier.log.EntryCheck.Claim;
import org.cartulary.verifier.log.EntryCheck.Entry;
import org.cartulary.verifier.note.Checkpoint;
import org.cartulary.verifier.report.Check;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.tree.GrowingTree;
import org.cartulary.verifier.tree.Sha256;
import org.cartulary.verifier.work.OrderedWork;
import org.jspecify.annotations.Nullable;

/**
 * Walks once through the whole log: hashes and reads the leaves of each entry bundle on several threads, then, in order,
 * grows the tree over them and compares it with every tile and with every checkpoint met on the way.
 */
public final class LogCheck {
    private static final int TILE_HEIGHT = 8;

    private final LogFiles files;
    private final Checkpoint checkpoint;
    private final TreeShape shape;
    private final LogChecks checks;
    private final EntryCheck entryCheck;
    private final List<TileRow> rows = new ArrayList<>();
    private final GrowingTree tree = new GrowingTree(this::completed);
    private final Questions questions;
    private final Times times;
    private final PrefixRoots prefixes;

    /**
     * Prepares the walk.
     *
     * @param checkpoint verified head of the log
     * @param prefixCheck records whether embedded checkpoints are prefixes of the log
     */
    public LogCheck(LogFiles files, Checkpoint checkpoint, LogChecks checks, EntryCheck entryCheck, Check prefixCheck) {
        this.files = files;
        this.checkpoint = checkpoint;
        this.shape = new TreeShape(checkpoint.size());
        this.checks = checks;
        this.entryCheck = entryCheck;
        this.questions = new Questions(checks.questions());
        this.times = new Times(checks.times());
        this.prefixes = new PrefixRoots(prefixCheck, checkpoint.size());
        for (int level = 1; level < shape.levels(); level++) {
            rows.add(new TileRow(files, shape, checks.tileHashes(), level));
        }
    }

    /** Makes the checks; each outcome is recorded in them. An entry bundle that cannot be split ends the walk. */
    public void run(OrderedWork work) {
        checks.leafHashes().start();
        checks.leafForm().start();
        checks.tileHashes().start();
        try {
            work.run(shape.tiles(TilePath.ENTRIES), this::readBundle, this::take);
        } catch (CheckFailed e) {
            checks.leafHashes().fail(e.finding());
            return;
        }
        questions.end();
        times.end();
        compareRoot();
    }

    /** What one entry bundle yields: a hash and, where its form holds, the leaf of each entry. */
    @SuppressWarnings("ArrayRecordComponent") // bytes as they lie in files: never changed, never compared as a record
    private record Bundle(
            long firstIndex, byte[][] hashes, @Nullable Leaf[] leaves, List<Claim> claims) {}

    private Bundle readBundle(long number) {
        TilePath path = shape.tile(TilePath.ENTRIES, number);
        EntryBundle entries = EntryBundle.split(files.read(path), path.width(), path.path());
        Bundle bundle =
                new Bundle(number * TilePath.FULL, new byte[path.width()][], new Leaf[path.width()], new ArrayList<>());
        for (int i = 0; i < path.width(); i++) {
            readEntry(bundle, i, entries);
        }
        compareLevelZero(bundle, number);
        return bundle;
    }

    private void readEntry(Bundle bundle, int place, EntryBundle entries) {
        long index = bundle.firstIndex + place;
        int from = entries.start(place);
        int to = entries.end(place);
        bundle.hashes[place] = Sha256.ofThread().leaf(entries.bytes(), from, to);
        checks.leafForm()
                .run(() -> bundle.leaves[place] =
                        Leaf.read(entries.bytes(), from, to, checkpoint.origin(), "entry " + index));
        bundle.claims.addAll(entryCheck.check(
                new Entry(index, entries.bytes(), from, to, bundle.hashes[place], bundle.leaves[place])));
    }

    private void compareLevelZero(Bundle bundle, long number) {
        TilePath path = shape.tile(0, number);
        byte[] tile = TileRow.read(files, path);
        for (int i = 0; i < path.width(); i++) {
            if (TileRow.matches(tile, i, bundle.hashes[i])) {
                checks.leafHashes().hold();
            } else {
                checks.leafHashes()
                        .fail(
                                "entry " + (bundle.firstIndex + i),
                                "the leaf whose hash is in " + path.path(),
                                "a leaf with another hash");
            }
        }
    }

    private void take(Bundle bundle) {
        bundle.claims.forEach(prefixes::add);
        for (int i = 0; i < bundle.hashes.length; i++) {
            tree.add(bundle.hashes[i]);
            prefixes.reached(tree);
            Leaf leaf = bundle.leaves[i];
            if (leaf != null) {
                questions.add(leaf, "entry " + (bundle.firstIndex + i));
                times.add(leaf);
            }
        }
    }

    private void completed(int height, long index, byte[] hash) {
        if (height > 0 && height % TILE_HEIGHT == 0) {
            rows.get(height / TILE_HEIGHT - 1).compare(index, hash);
        }
    }

    private void compareRoot() {
        if (Arrays.equals(tree.root(), checkpoint.root())) {
            checks.root().hold();
        } else {
            checks.root().fail("checkpoint", "the root that follows from the leaves", "another root");
        }
    }
}
