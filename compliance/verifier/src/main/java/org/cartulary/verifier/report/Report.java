package org.cartulary.verifier.report;

import java.util.List;

/**
 * The outcome of a verification.
 *
 * @param subject what was verified, as the caller named it
 * @param shows what it shows if every check held, as the end of a sentence; empty if that is not even known
 * @param checks in the order in which they were made
 */
public record Report(String subject, String shows, List<CheckResult> checks) {
    public Report {
        checks = List.copyOf(checks);
    }

    /** Whether every check was made and held. */
    public boolean held() {
        return checks.stream().allMatch(check -> check.status() == Status.HELD);
    }
}
