package org.cartulary.retrieval.quantity;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a rule holds for: "6 to 7 years", "over 10 and up to 40 square metres", "under 50 kg", "70 years and over".
 *
 * @param from least value, or null without one
 * @param to greatest value, or null without one
 * @param open whether {@code from} itself is excluded, as in "over 10"
 * @param below whether {@code to} itself is excluded, as in "under 50"
 */
public record Range(@Nullable BigDecimal from, @Nullable BigDecimal to, boolean open, boolean below, String unit) {
    private static final String NUMBER = "(\\d+(?:\\.\\d+)?)";
    private static final String UNIT = "\\s?(%|°\\s?[CF]|m[²³]|(?:square|cubic|sq)\\s\\p{L}{1,12}|[\\p{L}µμ]{1,12})";
    private static final Pattern BETWEEN = Pattern.compile(
            "(over|above|more than|between|from)?\\s*\\b" + NUMBER + "(?:" + UNIT
                    + ")?\\s*(?:to|-|–|—|and(?: up to)?)\\s*" + NUMBER + UNIT,
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ONE_SIDED = Pattern.compile(
            "\\b(over|above|more than|at least|from|under|below|less than|up to|at most|not more than)\\s+" + NUMBER
                    + UNIT,
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TRAILING = Pattern.compile(
            "\\b" + NUMBER + UNIT + ",?\\s+(?:and|or)\\s+(over|above|more|older|under|below|less|younger)\\b",
            Pattern.CASE_INSENSITIVE);

    /** The ranges of a text whose unit is known. */
    public static List<Range> in(String text) {
        List<Range> ranges = new ArrayList<>();
        StringBuilder rest = new StringBuilder(text);
        Matcher between = BETWEEN.matcher(text);
        while (between.find()) {
            boolean open = between.group(1) != null && between.group(1).matches("(?i)over|above|more than");
            add(ranges, between.group(2), between.group(4), open, false, between.group(5));
            // What was read as part of a range is no bound of its own.
            rest.replace(between.start(), between.end(), " ".repeat(between.end() - between.start()));
        }
        Matcher oneSided = ONE_SIDED.matcher(rest);
        while (oneSided.find()) {
            side(ranges, oneSided.group(1), oneSided.group(2), oneSided.group(3));
        }
        Matcher trailing = TRAILING.matcher(rest);
        while (trailing.find()) {
            boolean upward = trailing.group(3).matches("(?i)over|above|more|older");
            add(
                    ranges,
                    upward ? trailing.group(1) : null,
                    upward ? null : trailing.group(1),
                    false,
                    false,
                    trailing.group(2));
        }
        return ranges;
    }

    /** Whether a quantity of the same unit lies in it. */
    public boolean contains(Quantity quantity) {
        return unit.equals(quantity.unit())
                && (from == null || quantity.value().compareTo(from) >= (open ? 1 : 0))
                && (to == null || quantity.value().compareTo(to) <= (below ? -1 : 0));
    }

    private static void side(List<Range> ranges, String word, String number, String unit) {
        switch (word.toLowerCase(Locale.ROOT)) {
            case "over", "above", "more than" -> add(ranges, number, null, true, false, unit);
            case "at least", "from" -> add(ranges, number, null, false, false, unit);
            case "under", "below", "less than" -> add(ranges, null, number, false, true, unit);
            default -> add(ranges, null, number, false, false, unit);
        }
    }

    private static void add(
            List<Range> ranges,
            @Nullable String from,
            @Nullable String to,
            boolean open,
            boolean below,
            @Nullable String unit) {
        String known = Units.known(unit);
        if (known != null) {
            ranges.add(new Range(
                    from == null ? null : new BigDecimal(from),
                    to == null ? null : new BigDecimal(to),
                    open,
                    below,
                    known));
        }
    }
}
