package org.cartulary.retrieval.quote;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.cartulary.retrieval.quantity.Quantities;
import org.cartulary.retrieval.quantity.Quantity;

/** What a question wants to hear, where its form tells: a sentence without it can hardly be the answer. */
@SuppressWarnings("ImmutableEnumChecker") // the predicates hold nothing that changes
enum AnswerKind {
    /** A sum. */
    MONEY(
            "\\b(cost|costs|pay|pays|paid|fee|fees|price|charge|charged|rate|rates|fine)\\b",
            unit("eur", "gbp", "usd", "cent")),
    /** A span of time or an interval. */
    DURATION(
            "\\bhow (long|often|soon|quickly)\\b|\\bhow many (minutes|hours|days|weeks|months|years)\\b"
                    + "|\\b(deadline|interval|duration)\\b",
            unit("second", "minute", "hour", "day", "week", "month", "year")),
    /** A time of day or a date. */
    TIME(
            "\\bwhen\\b|\\b(what|which) (time|date|day|hour)s?\\b|\\bopening hours\\b|\\buntil what\\b",
            AnswerKind::tellsTime),
    /** A dose. */
    DOSE(
            "\\b(dose|doses|dosage)\\b|\\bhow much\\b(?!.*\\b(cost|pay|fee|charge)\\b)",
            unit("mcg", "mg", "g", "kg", "ml", "l", "iu", "mmol", "tablet", "dose")),
    /** Any number. */
    NUMBER(
            "\\bhow (many|old|far|high|large|big|tall|hot|cold|warm|heavy|fast)\\b",
            text -> !Quantities.in(text).isEmpty());

    private static final Pattern TIME_OF_DAY = Pattern.compile(
            "\\b\\d{1,2}:\\d{2}\\b|\\b\\d{1,2}\\s?(am|pm|a\\.m\\.|p\\.m\\.)|\\b(mon|tues|wednes|thurs|fri|satur|sun)days?\\b"
                    + "|\\b(january|february|march|april|june|july|august|september|october|november|december)\\b"
                    + "|\\bbefore\\b|\\bafter\\b|\\bwithin\\b|\\buntil\\b",
            Pattern.CASE_INSENSITIVE);

    private final Pattern asked;
    private final Predicate<String> told;

    AnswerKind(String asked, Predicate<String> told) {
        this.asked = Pattern.compile(asked, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
        this.told = told;
    }

    /** The kinds that a question asks for; none where its form does not tell. */
    static Set<AnswerKind> askedBy(String question) {
        Set<AnswerKind> kinds = EnumSet.noneOf(AnswerKind.class);
        for (AnswerKind kind : values()) {
            if (kind.asked.matcher(question).find()) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    /** Whether a text has something of this kind. */
    boolean toldBy(String text) {
        return told.test(text);
    }

    /** Share of the kinds asked for that a text has; 1 where none is asked for. */
    static double share(Set<AnswerKind> asked, String text) {
        return asked.isEmpty()
                ? 1
                : (double) asked.stream().filter(kind -> kind.toldBy(text)).count() / asked.size();
    }

    private static Predicate<String> unit(String... units) {
        Set<String> wanted = Set.of(units);
        return text -> {
            List<Quantity> found = Quantities.in(text);
            return found.stream().anyMatch(quantity -> quantity.unit() != null && wanted.contains(quantity.unit()));
        };
    }

    private static boolean tellsTime(String text) {
        return TIME_OF_DAY.matcher(text).find();
    }
}
