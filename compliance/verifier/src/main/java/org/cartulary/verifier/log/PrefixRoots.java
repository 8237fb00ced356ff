package org.cartulary.verifier.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.cartulary.verifier.note.Checkpoint;
import org.cartulary.verifier.report.Check;
import org.cartulary.verifier.tree.GrowingTree;
import org.jspecify.annotations.Nullable;

/**
 * Compares the roots of embedded checkpoints with those that the tree had at their sizes: equal roots at equal sizes of
 * one tree mean that each is a prefix of the whole. One thread; holds the checkpoints whose size is not reached yet, however
 * many files embed them.
 */
final class PrefixRoots {
    private final TreeMap<Long, List<Claims>> waiting = new TreeMap<>();
    private final Check check;
    private final long size;
    private final LongFunction<String> where;
    private @Nullable Claims latest;

    /** @param where names the file that embeds the checkpoint of an entry */
    PrefixRoots(Check check, long size, LongFunction<String> where) {
        this.check = check;
        this.size = size;
        this.where = where;
    }

    /** The entries whose files embed one checkpoint. */
    private static final class Claims {
        private final Checkpoint checkpoint;
        private final List<Long> first = new ArrayList<>();
        private long count;

        Claims(Checkpoint checkpoint) {
            this.checkpoint = checkpoint;
        }

        void add(long index) {
            count++;
            if (first.size() < Check.KEPT_FINDINGS) {
                first.add(index);
            }
        }
    }

    /** Takes the checkpoint that the file of an entry embeds, whose size the tree has not reached yet. */
    void add(long index, Checkpoint checkpoint) {
        if (checkpoint.size() > size) {
            check.fail(
                    where.apply(index),
                    "a checkpoint of at most " + size + " entries, as the log has",
                    "one of " + checkpoint.size());
            return;
        }
        Claims claims = latest;
        if (claims == null || !claims.checkpoint.equals(checkpoint)) {
            claims = claims(checkpoint);
            latest = claims;
        }
        claims.add(index);
    }

    private Claims claims(Checkpoint checkpoint) {
        List<Claims> ofSize = waiting.computeIfAbsent(checkpoint.size(), s -> new ArrayList<>());
        for (Claims claims : ofSize) {
            if (Arrays.equals(claims.checkpoint.root(), checkpoint.root())) {
                return claims;
            }
        }
        Claims claims = new Claims(checkpoint);
        ofSize.add(claims);
        return claims;
    }

    /** The smallest size that a checkpoint waits for; the greatest number there is where none waits. */
    long next() {
        return waiting.isEmpty() ? Long.MAX_VALUE : waiting.firstKey();
    }

    /** Settles the claims about the size that the tree has now. */
    void reached(GrowingTree tree) {
        if (next() != tree.size()) {
            return;
        }
        latest = null;
        byte[] root = tree.root();
        for (Claims claims : waiting.pollFirstEntry().getValue()) {
            if (Arrays.equals(root, claims.checkpoint.root())) {
                check.hold(claims.count);
            } else {
                fail(claims);
            }
        }
    }

    private void fail(Claims claims) {
        for (long i = 0; i < claims.count; i++) {
            long index = claims.first.get((int) Math.min(i, claims.first.size() - 1L));
            check.fail(
                    where.apply(index),
                    "the root that this log had at " + claims.checkpoint.size() + " entries",
                    "another root: the log was forked or rewritten");
        }
    }
}
