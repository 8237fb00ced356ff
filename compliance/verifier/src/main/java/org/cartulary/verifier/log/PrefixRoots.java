package org.cartulary.verifier.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.cartulary.verifier.log.EntryCheck.Claim;
import org.cartulary.verifier.report.Check;
import org.cartulary.verifier.tree.GrowingTree;

/**
 * Compares the roots of embedded checkpoints with those that the tree had at their sizes: equal roots at equal sizes of
 * one tree mean that each is a prefix of the whole. One thread; holds the claims whose size is not reached yet.
 */
final class PrefixRoots {
    private final TreeMap<Long, List<Claim>> waiting = new TreeMap<>();
    private final Check check;
    private final long size;

    PrefixRoots(Check check, long size) {
        this.check = check;
        this.size = size;
    }

    /** Takes a claim whose size the tree has not reached yet. */
    void add(Claim claim) {
        if (claim.checkpoint().size() > size) {
            check.fail(
                    claim.where(),
                    "a checkpoint of at most " + size + " entries, as the log has",
                    "one of " + claim.checkpoint().size());
            return;
        }
        waiting.computeIfAbsent(claim.checkpoint().size(), s -> new ArrayList<>())
                .add(claim);
    }

    /** Settles the claims about the size that the tree has now. */
    void reached(GrowingTree tree) {
        if (waiting.isEmpty() || waiting.firstKey() != tree.size()) {
            return;
        }
        byte[] root = tree.root();
        for (Claim claim : waiting.pollFirstEntry().getValue()) {
            if (Arrays.equals(root, claim.checkpoint().root())) {
                check.hold();
            } else {
                check.fail(
                        claim.where(),
                        "the root that this log had at " + tree.size() + " entries",
                        "another root: the log was forked or rewritten");
            }
        }
    }
}
