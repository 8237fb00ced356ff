package org.cartulary.verifier.note;

import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.report.Finding;

/** Whole numbers in ASCII decimal without leading zeros, from 0 to 2^53 - 1, the largest that JSON carries exactly. */
public final class Decimal {
    /** Largest number that is read. */
    public static final long MAX = (1L << 53) - 1;

    private static final int MAX_DIGITS = 16;

    private Decimal() {}

    /** Reads a number, or fails as {@code where}. */
    public static long parse(String text, String where) {
        boolean digits = !text.isEmpty()
                && text.length() <= MAX_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && (text.length() == 1 || text.charAt(0) != '0');
        if (!digits || Long.parseLong(text) > MAX) {
            throw new CheckFailed(where, "a whole number from 0 to 2^53 - 1", Finding.quoted(text));
        }
        return Long.parseLong(text);
    }
}
