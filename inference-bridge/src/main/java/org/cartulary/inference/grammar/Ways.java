package org.cartulary.inference.grammar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All ways to go on from somewhere; the stacks of a parser, of which like beginnings and like ends are held once. Equal
 * sets are the same object ({@link WaysTable}), so that what was worked out for one is found again. One thread.
 */
final class Ways {
    private static final int FEWEST_SLOTS = 8;

    private final int number;
    private final List<Way> ways;
    private final boolean mayEnd;

    /** Where the characters of a class lead, by class: a hash table whose size is a power of two. */
    private int[] classes = {};

    private @Nullable Ways[] targets = {};
    private int known;

    /**
     * @param number tells it from all others of an answer
     * @param mayEnd whether nothing need follow
     */
    Ways(int number, List<Way> ways, boolean mayEnd) {
        this.number = number;
        this.ways = ways;
        this.mayEnd = mayEnd;
    }

    int number() {
        return number;
    }

    List<Way> ways() {
        return ways;
    }

    boolean mayEnd() {
        return mayEnd;
    }

    /** Whether nothing can come of it. */
    boolean isNone() {
        return ways.isEmpty() && !mayEnd;
    }

    /** Where the class was found to lead, or null where that is not worked out yet. */
    @Nullable
    Ways target(int characterClass) {
        if (known == 0) {
            return null;
        }
        int slot = slot(characterClass, targets.length);
        while (targets[slot] != null && classes[slot] != characterClass) {
            slot = (slot + 1) & (targets.length - 1);
        }
        return targets[slot];
    }

    void remember(int characterClass, Ways target) {
        if (2 * known >= targets.length) {
            grow();
        }
        put(characterClass, target);
        known++;
    }

    /** Drops what hangs on it without being part of it. */
    void forgetTargets() {
        classes = new int[0];
        targets = new Ways[0];
        known = 0;
    }

    private void grow() {
        int[] oldClasses = classes;
        @Nullable Ways[] oldTargets = targets;
        int slots = Math.max(FEWEST_SLOTS, 2 * oldTargets.length);
        classes = new int[slots];
        targets = new Ways[slots];
        for (int i = 0; i < oldTargets.length; i++) {
            Ways target = oldTargets[i];
            if (target != null) {
                put(oldClasses[i], target);
            }
        }
    }

    private void put(int characterClass, Ways target) {
        int slot = slot(characterClass, targets.length);
        while (targets[slot] != null) {
            slot = (slot + 1) & (targets.length - 1);
        }
        classes[slot] = characterClass;
        targets[slot] = target;
    }

    /** Classes are numbered without gaps, so that few meet in a slot. */
    private static int slot(int characterClass, int slots) {
        return characterClass & (slots - 1);
    }
}
