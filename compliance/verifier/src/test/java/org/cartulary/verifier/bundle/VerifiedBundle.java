package org.cartulary.verifier.bundle;

import java.lang.foreign.MemorySegment;
import org.cartulary.verifier.note.TrustPolicy;
import org.cartulary.verifier.report.Report;
import org.cartulary.verifier.testing.Golden;
import org.cartulary.verifier.work.OrderedWork;

/** Verifies bundles that lie in memory. */
final class VerifiedBundle {
    private VerifiedBundle() {}

    static Report of(byte[] zip) {
        return of(zip, Golden.policy("log"));
    }

    static Report of(byte[] zip, TrustPolicy keys) {
        try (OrderedWork work = new OrderedWork()) {
            return of(zip, keys, work);
        }
    }

    static Report of(byte[] zip, TrustPolicy keys, OrderedWork work) {
        try (Scratch scratch = new Scratch()) {
            return new BundleVerification(MemorySegment.ofArray(zip), keys, null, scratch, work).run("bundle");
        }
    }

    /** Everything that did not hold, one text. */
    static String findings(Report report) {
        StringBuilder text = new StringBuilder();
        report.checks()
                .forEach(check -> check.findings()
                        .forEach(finding -> text.append(check.name())
                                .append(": ")
                                .append(finding)
                                .append('\n')));
        return text.toString();
    }
}
