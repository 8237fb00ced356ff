package org.cartulary.retrieval.quantity;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds quantities in English text: figures with thousands separators and decimals, and small numbers as words. */
public final class Quantities {
    /** Longer runs of digits are identifiers; they are compared as numbers all the same. */
    private static final Pattern NUMBER = Pattern.compile(
            "(?<![\\p{L}\\d.,])([€$£]\\s?)?(\\d{1,3}(?:[,  ]\\d{3})+(?:\\.\\d+)?|\\d+(?:[.:]\\d+)*)"
                    + "(?:\\s?-?\\s?(%|‰|°\\s?[CF]|[€$£]|m[²³]|(?:square|cubic|sq)\\s\\p{L}{1,12}|[\\p{L}µμ]{1,12}))?",
            Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern WORD_NUMBER = Pattern.compile(
            "\\b(zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|twenty|thirty"
                    + "|sixty|ninety|hundred)\\b(?:[\\s-]+(\\p{L}{1,12}))?",
            Pattern.CASE_INSENSITIVE);
    private static final Map<String, Integer> WORDS = Map.ofEntries(
            Map.entry("zero", 0),
            Map.entry("one", 1),
            Map.entry("two", 2),
            Map.entry("three", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("seven", 7),
            Map.entry("eight", 8),
            Map.entry("nine", 9),
            Map.entry("ten", 10),
            Map.entry("eleven", 11),
            Map.entry("twelve", 12),
            Map.entry("fourteen", 14),
            Map.entry("fifteen", 15),
            Map.entry("twenty", 20),
            Map.entry("thirty", 30),
            Map.entry("sixty", 60),
            Map.entry("ninety", 90),
            Map.entry("hundred", 100));

    private Quantities() {}

    /** The quantities of a text in their order, those in figures first. */
    public static List<Quantity> in(String text) {
        List<Quantity> found = new ArrayList<>();
        Matcher figures = NUMBER.matcher(text);
        while (figures.find()) {
            found.addAll(values(figures.group(2), unit(figures.group(1), figures.group(3))));
        }
        Matcher words = WORD_NUMBER.matcher(text);
        while (words.find()) {
            int value = WORDS.getOrDefault(words.group(1).toLowerCase(Locale.ROOT), 0);
            String unit = Units.known(words.group(2));
            // "one of them" counts nothing; "one week" does.
            if (unit != null) {
                found.add(new Quantity(BigDecimal.valueOf(value), unit));
            }
        }
        return found;
    }

    /** A decimal is one value; a time, date or section number is as many as it has parts. */
    private static List<Quantity> values(String figures, @Nullable String unit) {
        String plain = figures.replaceAll("[,  ]", "");
        if (plain.indexOf(':') < 0 && plain.indexOf('.') == plain.lastIndexOf('.')) {
            return List.of(new Quantity(new BigDecimal(plain), unit));
        }
        List<Quantity> parts = new ArrayList<>();
        for (String part : plain.split("[.:]", -1)) {
            parts.add(new Quantity(new BigDecimal(part), null));
        }
        return parts;
    }

    private static @Nullable String unit(@Nullable String before, @Nullable String after) {
        return before == null ? Units.known(after) : Units.known(before.strip());
    }
}
