package org.cartulary.verifier.bundle;

import java.util.Arrays;
import java.util.function.LongConsumer;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.report.Finding;

/** Indexes of disclosed entries, as ranges that ascend and do not touch. Immutable. */
final class Ranges {
    private static final int MAX_DIGITS = 15;

    private final long[] starts;
    private final long[] ends;
    /** How many indexes the ranges before each one have. */
    private final long[] before;

    private Ranges(long[] starts, long[] ends) {
        this.starts = starts;
        this.ends = ends;
        this.before = new long[starts.length + 1];
        for (int i = 0; i < starts.length; i++) {
            before[i + 1] = before[i] + ends[i] - starts[i];
        }
    }

    /** From one index up to, not with, another. */
    static Ranges of(long from, long to) {
        return from >= to ? new Ranges(new long[0], new long[0]) : new Ranges(new long[] {from}, new long[] {to});
    }

    /** Reads what a manifest says, such as {@code 5-9 12}, both ends of a range being in it; there is one spelling. */
    static Ranges parse(String text, String where) {
        String[] words = text.isEmpty() ? new String[0] : text.split(" ", -1);
        long[] starts = new long[words.length];
        long[] ends = new long[words.length];
        for (int i = 0; i < words.length; i++) {
            int dash = words[i].indexOf('-');
            long first = number(dash < 0 ? words[i] : words[i].substring(0, dash));
            long last = dash < 0 ? first : number(words[i].substring(dash + 1));
            if (first < 0 || last < 0 || (dash >= 0 && last <= first) || (i > 0 && first <= ends[i - 1])) {
                throw new CheckFailed(where, "ascending ranges of indexes such as 5-9 12", Finding.quoted(words[i]));
            }
            starts[i] = first;
            ends[i] = last + 1;
        }
        return new Ranges(starts, ends);
    }

    private static long number(String digits) {
        boolean whole = !digits.isEmpty()
                && digits.length() <= MAX_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && (digits.length() == 1 || digits.charAt(0) != '0');
        return whole ? Long.parseLong(digits) : -1;
    }

    long count() {
        return before[starts.length];
    }

    /** One past the last; 0 where there is none. */
    long end() {
        return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    boolean contains(long index) {
        return place(index) >= 0;
    }

    /** How many of them are smaller than this one, which is one of them; -1 where it is none. */
    long place(long index) {
        int at = Arrays.binarySearch(starts, index);
        int range = at >= 0 ? at : -at - 2;
        return range >= 0 && index < ends[range] ? before[range] + index - starts[range] : -1;
    }

    void forEach(LongConsumer action) {
        for (int i = 0; i < starts.length; i++) {
            for (long index = starts[i]; index < ends[i]; index++) {
                action.accept(index);
            }
        }
    }

    /** In words. */
    String shown() {
        return starts.length == 1
                ? starts[0] + " up to, not with, " + ends[0]
                : starts.length == 0
                        ? "none"
                        : "in " + starts.length + " ranges from " + starts[0] + " to " + (end() - 1);
    }
}
