package org.cartulary.verifier.leaf;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Times as evidence writes them: RFC 3339 in UTC with six digits of a second, from 1970 to 9999. */
public final class LeafTime {
    private static final String FORM = "dddd-dd-ddTdd:dd:dd.ddddddZ";

    private LeafTime() {}

    /** Microseconds since 1970, or null if the text is no such time. */
    public static @Nullable Long micros(String text) {
        if (!hasForm(text)) {
            return null;
        }
        int year = number(text, 0, 4);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (year < 1970 || hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        try {
            long day =
                    LocalDate.of(year, number(text, 5, 7), number(text, 8, 10)).toEpochDay();
            return (((day * 24 + hour) * 60 + minute) * 60 + second) * 1_000_000 + number(text, 20, 26);
        } catch (DateTimeException e) {
            return null; // no such day
        }
    }

    private static boolean hasForm(String text) {
        if (text.length() != FORM.length()) {
            return false;
        }
        for (int i = 0; i < FORM.length(); i++) {
            char c = text.charAt(i);
            if (FORM.charAt(i) == 'd' ? c < '0' || c > '9' : c != FORM.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
