package org.cartulary.verifier.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One named check while it runs: counts what held, keeps the first findings. Thread-safe. */
public final class Check {
    /** Findings kept in full; further ones are only counted. */
    public static final int KEPT_FINDINGS = 20;

    private final String name;
    private final String unit;
    private final List<Finding> findings = new ArrayList<>();
    private long held;
    private long failed;
    private boolean started;
    private @Nullable String remark;

    Check(String name, String unit) {
        this.name = name;
        this.unit = unit;
    }

    /** Says that the check was reached, though it may have had nothing to look at. */
    public synchronized Check start() {
        started = true;
        return this;
    }

    public void hold() {
        hold(1);
    }

    public synchronized void hold(long count) {
        started = true;
        held += count;
    }

    public void fail(String where, String expected, String found) {
        fail(new Finding(where, expected, found));
    }

    public synchronized void fail(Finding finding) {
        started = true;
        failed++;
        if (findings.size() < KEPT_FINDINGS) {
            findings.add(finding);
        }
    }

    /** Adds what a piece of work found. */
    public synchronized void add(Tally tally) {
        started = true;
        held += tally.held();
        failed += tally.failed();
        for (Finding finding : tally.findings()) {
            if (findings.size() < KEPT_FINDINGS) {
                findings.add(finding);
            }
        }
    }

    /** Adds a sentence that is not a failure, such as how many questions are still open. */
    public synchronized void remark(String text) {
        remark = remark == null ? text : remark + "; " + text;
    }

    /** Runs one step; a {@link CheckFailed} becomes a finding. Returns whether the step held. */
    public boolean run(Runnable step) {
        try {
            step.run();
        } catch (CheckFailed e) {
            fail(e.finding());
            return false;
        }
        hold();
        return true;
    }

    synchronized CheckResult result() {
        Status status = failed > 0 ? Status.FAILED : started ? Status.HELD : Status.NOT_CHECKED;
        return new CheckResult(name, status, held, failed, unit, List.copyOf(findings), remark);
    }
}
