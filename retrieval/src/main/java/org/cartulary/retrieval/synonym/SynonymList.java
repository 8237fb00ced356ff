package org.cartulary.retrieval.synonym;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.cartulary.retrieval.lexical.WordQuery;

/**
 * Lines of words that mean the same: {@code ICU, intensive care unit}.
 *
 * @param lines at most {@value #MOST_LINES}, each of 2 to {@value #MOST_TERMS} terms of 1 to {@value #LONGEST_TERM}
 *     characters, without commas and ends of lines
 */
public record SynonymList(List<List<String>> lines) {
    public static final int MOST_LINES = 1_000;
    public static final int MOST_TERMS = 20;
    public static final int LONGEST_TERM = WordQuery.LONGEST_EXPANSION;

    /** None. */
    public static final SynonymList EMPTY = new SynonymList(List.of());

    public SynonymList {
        if (lines.size() > MOST_LINES) {
            throw new IllegalArgumentException(
                    "A list of synonyms has at most " + MOST_LINES + " lines, but this one has " + lines.size() + ".");
        }
        List<List<String>> checked = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            checked.add(checked(lines.get(i), i + 1));
        }
        lines = List.copyOf(checked);
    }

    /** Reads one line of text: terms parted by commas. */
    public static List<String> line(String text) {
        return Stream.of(text.split(",", -1)).map(String::strip).toList();
    }

    private static List<String> checked(List<String> terms, int number) {
        List<String> own = List.copyOf(
                new LinkedHashSet<>(terms.stream().map(String::strip).toList()));
        if (own.size() < 2 || own.size() > MOST_TERMS) {
            throw new IllegalArgumentException("Line " + number + " has " + own.size() + " different terms: give 2 to "
                    + MOST_TERMS + " that mean the same, such as ICU, intensive care unit.");
        }
        for (String term : own) {
            if (term.isEmpty()
                    || term.length() > LONGEST_TERM
                    || !term.codePoints().allMatch(SynonymList::isKept)) {
                throw new IllegalArgumentException(
                        "Line " + number + " has the term \"" + term + "\": a term has 1 to " + LONGEST_TERM
                                + " characters, and no commas, ends of lines, null characters, or halves of characters.");
            }
        }
        return own;
    }

    /** PostgreSQL keeps neither U+0000 nor half a pair of surrogates. */
    private static boolean isKept(int sign) {
        return sign != ','
                && sign != '\n'
                && sign != '\r'
                && sign != 0
                && Character.getType(sign) != Character.SURROGATE;
    }
}
