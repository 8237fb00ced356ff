package org.cartulary.verifier.leaf;

import org.cartulary.verifier.report.Check;

/** Counts entries whose time is before that of an earlier one. Clocks are set back; that is worth a word, no failure. */
public final class Times {
    private final Check check;
    private long latestNanos = Long.MIN_VALUE;
    private long entries;
    private long earlier;

    public Times(Check check) {
        this.check = check;
    }

    public void add(Leaf leaf) {
        entries++;
        if (leaf.timeNanos() < latestNanos) {
            earlier++;
        }
        latestNanos = Math.max(latestNanos, leaf.timeNanos());
    }

    /** Says what was counted. */
    public void end() {
        check.hold(entries);
        if (earlier > 0) {
            check.remark(
                    "warning: " + earlier + " of " + entries + " entries have a time before that of an earlier entry");
        }
    }
}
