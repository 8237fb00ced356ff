package org.cartulary.verifier.report;

import java.util.ArrayList;
import java.util.List;

/** The checks of one verification in order. Checks are added before work starts; after that it is thread-safe. */
public final class Checklist {
    private final List<Check> checks = new ArrayList<>();

    /** Adds a check; it counts as not made until something is held or failed. */
    public Check add(String name, String unit) {
        Check check = new Check(name, unit);
        checks.add(check);
        return check;
    }

    public Report report(String subject, String shows) {
        return new Report(subject, shows, checks.stream().map(Check::result).toList());
    }
}
