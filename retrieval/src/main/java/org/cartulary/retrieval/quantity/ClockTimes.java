package org.cartulary.retrieval.quantity;

import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds times of day: "8 pm", "8.30 p.m.", "20:00", "20.00 h", "20 Uhr", "seven in the evening", "noon". Stateless. */
public final class ClockTimes {
    private static final List<String> NUMBERS =
            List.of("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve");

    private static final Pattern TIME = Pattern.compile(
            "\\b(?<hour>\\d{1,2})(?:[:.](?<minute>\\d{2}))?\\s?(?<half>[ap]\\.?m\\b\\.?)"
                    + "|\\b(?<hour24>\\d{1,2}):(?<minute24>\\d{2})\\b"
                    + "|\\b(?<hourword>\\d{1,2})(?:\\.(?<minuteword>\\d{2}))?\\s?(?:o'clock|uhr|hrs?\\b(?=\\s*(?:to|until|-|–|$|[.,;])))"
                    + "|\\b(?<spoken>\\d{1,2}|" + String.join("|", NUMBERS)
                    + ")\\s(?:o'clock\\s)?in\\sthe\\s(?<part>morning|afternoon|evening)\\b"
                    + "|\\b(?<word>noon|midday|midnight)\\b",
            Pattern.CASE_INSENSITIVE);

    private ClockTimes() {}

    /** The times of a text. Midnight is 00:00, also where 24:00 stands. */
    public static Set<LocalTime> in(String text) {
        Set<LocalTime> times = new TreeSet<>();
        Matcher matcher = TIME.matcher(text);
        while (matcher.find()) {
            if (matcher.group("word") != null) {
                times.add(
                        matcher.group("word").toLowerCase(Locale.ROOT).equals("midnight")
                                ? LocalTime.MIDNIGHT
                                : LocalTime.NOON);
            } else if (matcher.group("hour") != null) {
                boolean after = Character.toLowerCase(matcher.group("half").charAt(0)) == 'p';
                add(times, number(matcher.group("hour")) % 12 + (after ? 12 : 0), matcher.group("minute"));
            } else if (matcher.group("spoken") != null) {
                boolean after = !matcher.group("part").equalsIgnoreCase("morning");
                add(times, spoken(matcher.group("spoken")) % 12 + (after ? 12 : 0), null);
            } else if (matcher.group("hour24") != null) {
                add(times, number(matcher.group("hour24")), matcher.group("minute24"));
            } else {
                add(times, number(matcher.group("hourword")), matcher.group("minuteword"));
            }
        }
        return times;
    }

    private static void add(Set<LocalTime> times, int hour, @Nullable String minutes) {
        int minute = minutes == null ? 0 : number(minutes);
        if (hour <= 24 && minute < 60) {
            times.add(LocalTime.of(hour % 24, minute));
        }
    }

    private static int spoken(String number) {
        int word = NUMBERS.indexOf(number.toLowerCase(Locale.ROOT));
        return word < 0 ? number(number) : word + 1;
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
