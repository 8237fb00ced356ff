package org.cartulary.verifier.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cartulary.verifier.leaf.EntryType;
import org.cartulary.verifier.leaf.Leaf;
import org.cartulary.verifier.leaf.Questions;
import org.cartulary.verifier.leaf.ShardLink;
import org.cartulary.verifier.leaf.Times;
import org.cartulary.verifier.log.EntryCheck.Entry;
import org.cartulary.verifier.note.Checkpoint;
import org.cartulary.verifier.report.Check;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.report.Tally;
import org.cartulary.verifier.tree.GrowingTree;
import org.cartulary.verifier.tree.Sha256;
import org.cartulary.verifier.work.OrderedWork;
import org.jspecify.annotations.Nullable;

/**
 * Walks once through the whole log: hashes and reads the leaves of each entry bundle on several threads, up to the hash of
 * a full tile, then, in order, grows the tree over these and compares it with every tile and with every checkpoint met on the
 * way.
 */
public final class LogCheck {
    private static final int TILE_HEIGHT = 8;

    private final LogFiles files;
    private final Checkpoint checkpoint;
    private final TreeShape shape;
    private final LogChecks checks;
    private final EntryCheck entryCheck;
    private final List<TileRow> rows = new ArrayList<>();
    private static final int MAX_CERTIFICATES = 1_000;

    private final GrowingTree tree = new GrowingTree(this::completed);
    private final Questions questions;
    private final Times times;
    private final PrefixRoots prefixes;
    private final Map<String, Long> certificates = new HashMap<>();
    private @Nullable ShardLink link;

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
        this.prefixes = new PrefixRoots(prefixCheck, checkpoint.size(), entryCheck::where);
        for (int level = 1; level < shape.levels(); level++) {
            rows.add(new TileRow(files, shape, checks.tileHashes(), level));
        }
    }

    /** Makes the checks; each outcome is recorded in them. An entry bundle that cannot be split ends the walk. */
    public void run(OrderedWork work) {
        checks.leafHashes().start();
        checks.leafForm().start();
        checks.tileHashes().start();
        checks.shards().start();
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

    /** What one entry bundle yields. One thread at a time. */
    private static final class Bundle {
        private final long firstIndex;
        private final byte[][] hashes;
        private final @Nullable Leaf[] leaves;
        /** What the file beside each entry embeds. */
        private final @Nullable Checkpoint[] embedded;

        private final Tally leafHashes = new Tally();
        private final Tally leafForm = new Tally();
        private final EntryCheck.Run run;
        /** Root over the hashes of a full tile. */
        private byte @Nullable [] root;
        /** Why the rest could not be looked at. */
        private @Nullable CheckFailed failure;

        Bundle(long firstIndex, int width, EntryCheck.Run run) {
            this.firstIndex = firstIndex;
            this.hashes = new byte[width][];
            this.leaves = new Leaf[width];
            this.embedded = new Checkpoint[width];
            this.run = run;
        }
    }

    private Bundle readBundle(long number) {
        TilePath path = shape.tile(TilePath.ENTRIES, number);
        EntryBundle entries = EntryBundle.split(files.read(path), path.width(), path.path());
        Bundle bundle = new Bundle(number * TilePath.FULL, path.width(), entryCheck.run());
        for (int i = 0; i < path.width(); i++) {
            readEntry(bundle, i, entries);
        }
        try {
            compareLevelZero(bundle, number);
        } catch (CheckFailed e) {
            bundle.failure = e;
        }
        if (path.width() == TilePath.FULL) {
            bundle.root = GrowingTree.rootOfFull(bundle.hashes);
        }
        return bundle;
    }

    private void readEntry(Bundle bundle, int place, EntryBundle entries) {
        long index = bundle.firstIndex + place;
        int from = entries.start(place);
        int to = entries.end(place);
        byte[] hash = Sha256.ofThread().leaf(entries.bytes(), from, to);
        Leaf leaf = null;
        try {
            leaf = Leaf.read(entries.bytes(), from, to, checkpoint.origin(), "entry " + index);
            bundle.leafForm.hold();
        } catch (CheckFailed e) {
            bundle.leafForm.fail(e.finding());
        }
        bundle.hashes[place] = hash;
        bundle.leaves[place] = leaf;
        bundle.embedded[place] = bundle.run.check(new Entry(index, entries.bytes(), from, to, hash, leaf));
    }

    private void compareLevelZero(Bundle bundle, long number) {
        TilePath path = shape.tile(0, number);
        byte[] tile = TileRow.read(files, path);
        for (int i = 0; i < path.width(); i++) {
            if (TileRow.matches(tile, i, bundle.hashes[i])) {
                bundle.leafHashes.hold();
            } else {
                bundle.leafHashes.fail(
                        "entry " + (bundle.firstIndex + i),
                        "the leaf whose hash is in " + path.path(),
                        "a leaf with another hash");
            }
        }
    }

    private void take(Bundle bundle) {
        checks.leafHashes().add(bundle.leafHashes);
        checks.leafForm().add(bundle.leafForm);
        bundle.run.end();
        if (bundle.failure != null) {
            throw bundle.failure;
        }
        for (int i = 0; i < bundle.hashes.length; i++) {
            Checkpoint embedded = bundle.embedded[i];
            if (embedded != null) {
                prefixes.add(bundle.firstIndex + i, embedded);
            }
            Leaf leaf = bundle.leaves[i];
            if (leaf != null) {
                takeShard(leaf, bundle.firstIndex + i);
                takeCertificate(leaf, bundle.firstIndex + i);
                questions.add(leaf, bundle.firstIndex + i);
                times.add(leaf);
            }
        }
        grow(bundle);
    }

    private void takeShard(Leaf leaf, long index) {
        ShardLink opened = leaf.link();
        if (opened != null && index == 0) {
            link = opened;
            questions.carryOver(opened.open());
        } else if (opened != null) {
            checks.shards().fail("entry " + index, "shard-opened as the first leaf only", "shard-opened");
        }
        if (leaf.type() == EntryType.RESTORED) {
            checks.shards()
                    .remark(
                            "entry " + index
                                    + ": an older copy of the database was brought back to this log; payloads of entries before it are lost");
        }
        if (leaf.type() == EntryType.SHARD_CLOSED) {
            if (index == checkpoint.size() - 1) {
                checks.shards().remark("the shard is closed: another one goes on");
            } else {
                checks.shards().fail("entry " + index, "shard-closed as the last leaf only", "entries after it");
            }
        }
    }

    private void takeCertificate(Leaf leaf, long index) {
        String certificate = leaf.certificate();
        if (certificate != null && certificates.size() < MAX_CERTIFICATES) {
            certificates.putIfAbsent(certificate, index);
        }
    }

    /** The certificates that leaves put on record, SHA-256 in hex, each with the first entry that does. */
    public Map<String, Long> certificates() {
        return certificates;
    }

    /** What the first leaf says of the shard before; null where this is the first one. */
    @Nullable
    ShardLink link() {
        return link;
    }

    /** By the whole tile where no checkpoint ends within it. */
    private void grow(Bundle bundle) {
        if (bundle.root != null && prefixes.next() >= tree.size() + TilePath.FULL) {
            tree.addSubtree(TILE_HEIGHT, bundle.root);
            prefixes.reached(tree);
            return;
        }
        for (byte[] hash : bundle.hashes) {
            tree.add(hash);
            prefixes.reached(tree);
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
