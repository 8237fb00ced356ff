package org.cartulary.verifier.leaf;

import java.util.List;
import org.cartulary.verifier.report.Check;

/**
 * Follows the questions of a log by their numbers: {@code asked} comes first and once, at most one entry ends it, and
 * nothing follows the end. Entries are given in the order of the log. One thread; 16 bytes or so for each number.
 */
public final class Questions {
    private static final byte UNUSED = 0;
    private static final byte OPEN = 1;
    private static final byte CLOSED = 2;
    private static final byte OTHER_ACT = 3;

    private final Check check;
    private final NumberStates states = new NumberStates();
    private long asked;
    private long open;

    public Questions(Check check) {
        this.check = check;
    }

    /** Takes questions that were asked before this log began. */
    public void carryOver(List<Long> numbers) {
        for (long number : numbers) {
            states.put(number, OPEN);
            open++;
        }
    }

    /** Takes the next entry. */
    public void add(Leaf leaf, long index) {
        byte state = states.get(leaf.number());
        switch (leaf.type().part()) {
            case OPENS -> asked(leaf, state, index);
            case CONTINUES -> requireOpen(leaf, state, index);
            case CLOSES -> closed(leaf, state, index);
            case NONE -> otherAct(leaf, state, index);
        }
    }

    /** Says what is left when the log ends. */
    public void end() {
        check.hold(asked);
        if (open > 0) {
            check.remark(open + " still open at the end of the log");
        }
    }

    private void asked(Leaf leaf, byte state, long index) {
        if (state != UNUSED) {
            check.fail("entry " + index, "a number not used before", "number " + leaf.number() + " asked again");
            return;
        }
        states.put(leaf.number(), OPEN);
        asked++;
        open++;
    }

    private void closed(Leaf leaf, byte state, long index) {
        if (requireOpen(leaf, state, index)) {
            states.put(leaf.number(), CLOSED);
            open--;
        }
    }

    private boolean requireOpen(Leaf leaf, byte state, long index) {
        if (state == OPEN) {
            return true;
        }
        String entry = leaf.type().wireName() + " of number " + leaf.number();
        if (state == CLOSED) {
            check.fail("entry " + index, "nothing after the terminal entry of a question", entry);
        } else {
            check.fail("entry " + index, "asked as the first entry of a question", entry);
        }
        return false;
    }

    private void otherAct(Leaf leaf, byte state, long index) {
        if (state == OPEN || state == CLOSED) {
            check.fail(
                    "entry " + index,
                    "a number that no question has",
                    leaf.type().wireName() + " of number " + leaf.number());
        } else {
            states.put(leaf.number(), OTHER_ACT);
        }
    }
}
