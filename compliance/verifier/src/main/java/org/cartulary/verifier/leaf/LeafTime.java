package org.cartulary.verifier.leaf;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Times as evidence writes them: RFC 3339 in UTC, with up to nine digits of a second, from 1970 to 2261. */
public final class LeafTime {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int SECONDS_END = 19;
    private static final int SHORTEST = SECONDS_END + 1;
    private static final int LONGEST = SHORTEST + 10;
    private static final String FORM = "dddd-dd-ddTdd:dd:dd";

    private LeafTime() {}

    /** Nanoseconds since 1970, or null if the text is no such time. */
    public static @Nullable Long nanos(String text) {
        if (!hasForm(text)) {
            return null;
        }
        int year = number(text, 0, 4);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (year < 1970 || year > 2261 || hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        try {
            long day =
                    LocalDate.of(year, number(text, 5, 7), number(text, 8, 10)).toEpochDay();
            return (((day * 24 + hour) * 60 + minute) * 60 + second) * NANOS_PER_SECOND + fraction(text);
        } catch (DateTimeException e) {
            return null; // no such day
        }
    }

    private static boolean hasForm(String text) {
        int length = text.length();
        if (length < SHORTEST || length > LONGEST || length == SHORTEST + 1 || text.charAt(length - 1) != 'Z') {
            return false;
        }
        for (int i = 0; i < length - 1; i++) {
            char form = i < SECONDS_END ? FORM.charAt(i) : i == SECONDS_END ? '.' : 'd';
            char c = text.charAt(i);
            if (form == 'd' ? c < '0' || c > '9' : c != form) {
                return false;
            }
        }
        return true;
    }

    private static long fraction(String text) {
        long nanos = 0;
        for (int digit = 0; digit < 9; digit++) {
            int at = SECONDS_END + 1 + digit;
            nanos = nanos * 10 + (at < text.length() - 1 ? text.charAt(at) - '0' : 0);
        }
        return nanos;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
