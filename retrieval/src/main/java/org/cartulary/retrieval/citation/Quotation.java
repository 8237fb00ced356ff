package org.cartulary.retrieval.citation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What an answer puts in quotation marks, in one sentence or over several.
 *
 * @param text between the marks
 * @param start offset of the opening mark in the answer
 * @param end offset behind the closing one
 */
record Quotation(String text, int start, int end) {
    /** Shorter ones set a word apart more often than they quote. */
    private static final int LEAST_LENGTH = 12;

    /** Straight marks open and close as they stand to letters and figures, so that 5" and it's are none. */
    private static final Pattern QUOTED = Pattern.compile("\u201c([^\u201c\u201d\"]+)[\u201d\"]"
            + "|\u201e([^\u201e\u201c\u201d\"]+)[\u201c\u201d\"]"
            + "|\u201a([^\u201a\u2018]+)\u2018"
            + "|\u2018([^\u2018]+?)\u2019(?![\\p{L}\\d])"
            + "|\u00ab([^\u00ab\u00bb]+)\u00bb|\u00bb([^\u00ab\u00bb]+)\u00ab"
            + "|(?<![\\p{L}\\d])\"(?=\\S)([^\"]+)\"(?![\\p{L}\\d])");

    /** Those of a text, in their order. */
    static List<Quotation> in(String text) {
        List<Quotation> quotations = new ArrayList<>();
        Matcher quoted = QUOTED.matcher(text);
        while (quoted.find()) {
            String within = IntStream.rangeClosed(1, quoted.groupCount())
                    .mapToObj(quoted::group)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow();
            quotations.add(new Quotation(within, quoted.start(), quoted.end()));
        }
        return quotations;
    }

    /** Whether some of it lies between two offsets of the answer. */
    boolean touches(int from, int to) {
        return start < to && end > from;
    }

    /** Whether it stands in a source, but for citation marks, white space and a stop before the closing mark. */
    boolean standsIn(String source) {
        String words = spaced(CitedSentence.withoutMarks(text)).replaceAll("[.,;:]$", "");
        return words.length() < LEAST_LENGTH || spaced(source).contains(words);
    }

    private static String spaced(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
