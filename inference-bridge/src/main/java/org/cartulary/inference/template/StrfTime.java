package org.cartulary.inference.template;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Python's {@code strftime}, in English. */
final class StrfTime {
    /** Longest format, in characters. */
    static final int MAX_FORMAT = 200;

    private StrfTime() {}

    static String format(LocalDateTime time, String format) {
        if (format.length() > MAX_FORMAT) {
            throw TemplateRefused.limit("a date's format is longer than " + MAX_FORMAT);
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            boolean field = format.charAt(i) == '%' && i + 1 < format.length();
            out.append(field ? field(time, format.charAt(++i)) : String.valueOf(format.charAt(i)));
        }
        return out.toString();
    }

    private static String field(LocalDateTime time, char field) {
        String pattern = switch (field) {
            case 'd' -> "dd";
            case 'm' -> "MM";
            case 'y' -> "uu";
            case 'Y' -> "uuuu";
            case 'b', 'h' -> "MMM";
            case 'B' -> "MMMM";
            case 'a' -> "EEE";
            case 'A' -> "EEEE";
            case 'H' -> "HH";
            case 'I' -> "hh";
            case 'M' -> "mm";
            case 'S' -> "ss";
            case 'f' -> "SSSSSS";
            case 'p' -> "a";
            case 'j' -> "DDD";
            case 'F' -> "uuuu-MM-dd";
            case 'T' -> "HH:mm:ss";
            case 'D' -> "MM/dd/uu";
            case '%' -> "'%'";
            default -> throw TemplateRefused.fault("the date's field %" + field + " is not known here");
        };
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
    }
}
