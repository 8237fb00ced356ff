package org.cartulary.retrieval.citation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an answer puts in quotation marks. */
final class Quotation {
    /** Shorter ones set a word apart more often than they quote. */
    private static final int LEAST_LENGTH = 12;

    private static final Pattern QUOTED = Pattern.compile("[\u201c\u201e\"]([^\u201c\u201d\u201e\"]+)[\u201c\u201d\"]");

    private Quotation() {}

    /** Whether all that a sentence quotes stands in a source, but for white space and a stop before the closing mark. */
    static boolean allStandIn(String sentence, String source) {
        String spaced = spaced(source);
        Matcher quoted = QUOTED.matcher(sentence);
        while (quoted.find()) {
            String text = spaced(quoted.group(1)).replaceAll("[.,;:]$", "");
            if (text.length() >= LEAST_LENGTH && !spaced.contains(text)) {
                return false;
            }
        }
        return true;
    }

    private static String spaced(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
