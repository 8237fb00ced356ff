package org.cartulary.verifier.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What one piece of work found for one check. Pieces run on several threads; each tally is then given to its check in the
 * order of the pieces, so that a report does not depend on which thread was first. One thread.
 */
public final class Tally {
    private final List<Finding> findings = new ArrayList<>(0);
    private long held;
    private long failed;

    public void hold() {
        held++;
    }

    public void fail(String where, String expected, String found) {
        fail(new Finding(where, expected, found));
    }

    public void fail(Finding finding) {
        failed++;
        if (findings.size() < Check.KEPT_FINDINGS) {
            findings.add(finding);
        }
    }

    long held() {
        return held;
    }

    long failed() {
        return failed;
    }

    List<Finding> findings() {
        return findings;
    }
}
