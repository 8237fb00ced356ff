package org.cartulary.retrieval.quote;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cartulary.retrieval.lexical.Analysis;
import org.cartulary.retrieval.quantity.Quantities;
import org.cartulary.retrieval.quantity.Quantity;
import org.cartulary.retrieval.quantity.Range;

/**
 * What can be read off a question besides its words: the kinds of answer that it asks for, the quantities that it names,
 * which pick one row of a table of ranges, whom it is about, whether it asks what somebody aimed at, and whether it
 * can be answered by yes or no.
 */
record Wanted(
        Set<AnswerKind> kinds, List<Quantity> quantities, Set<Population> populations, boolean aims, boolean outcome) {
    private static final Map<String, String> FIGURES = Map.ofEntries(
            Map.entry("on", "1"), // "one", as the analyser leaves it
            Map.entry("two", "2"),
            Map.entry("three", "3"),
            Map.entry("four", "4"),
            Map.entry("five", "5"),
            Map.entry("six", "6"),
            Map.entry("seven", "7"),
            Map.entry("eight", "8"),
            Map.entry("nine", "9"),
            Map.entry("ten", "10"),
            Map.entry("eleven", "11"),
            Map.entry("twelv", "12"));

    private static final Pattern AGED = Pattern.compile("\\baged?(?: of)?\\s+(\\d{1,3})\\b", Pattern.CASE_INSENSITIVE);

    static Wanted by(String question) {
        List<Quantity> quantities = new ArrayList<>(Quantities.in(question));
        Matcher aged = AGED.matcher(question);
        while (aged.find()) {
            quantities.add(new Quantity(new BigDecimal(aged.group(1)), "year"));
        }
        return new Wanted(
                AnswerKind.askedBy(question),
                quantities,
                Population.in(question),
                Aim.askedBy(question),
                Outcome.askedBy(question));
    }

    /** Whether a text says what was to be found out, where the question wants to know what is so. */
    boolean saysOnlyAims(String text) {
        return !aims && Aim.statedBy(text);
    }

    /** Whether a text says what came of looking into it, where the question wants a yes or no. */
    boolean tellsOutcome(String text) {
        return outcome && !saysOnlyAims(text) && Outcome.toldBy(text);
    }

    /** Terms of a text; numbers as words stand in figures too. */
    static Set<String> terms(String text) {
        Set<String> terms = new HashSet<>(Analysis.terms(text));
        FIGURES.forEach((word, figure) -> {
            if (terms.contains(word)) {
                terms.add(figure);
            } else if (terms.contains(figure)) {
                terms.add(word);
            }
        });
        return terms;
    }

    /**
     * Whether a text's ranges hold for the quantities asked about, and whether it is about the people asked about.
     *
     * @return 1 where one does, −1 where there are ranges of that unit, or other people, and none does, else 0
     */
    int fit(String text) {
        List<Range> ranges = Range.in(text);
        int fit = 0;
        for (Quantity quantity : quantities) {
            List<Range> comparable = ranges.stream()
                    .filter(range -> range.unit().equals(quantity.unit()))
                    .toList();
            if (!comparable.isEmpty()) {
                fit += comparable.stream().anyMatch(range -> range.contains(quantity)) ? 1 : -1;
            }
        }
        return Integer.signum(fit + Population.fit(populations, Population.in(text)));
    }
}
