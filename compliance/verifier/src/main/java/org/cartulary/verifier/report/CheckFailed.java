package org.cartulary.verifier.report;

/**
 * Carries one {@link Finding} from the place that saw it to the {@link Check} that records it. It never leaves the
 * verifier: what callers get is a {@link Report}.
 */
public final class CheckFailed extends RuntimeException {
    private final transient Finding finding;

    public CheckFailed(String where, String expected, String found) {
        super(new Finding(where, expected, found).toString(), null, false, false);
        this.finding = new Finding(where, expected, found);
    }

    public Finding finding() {
        return finding;
    }
}
