package org.cartulary.retrieval.understanding;

import java.util.List;
import java.util.regex.Pattern;
import org.cartulary.retrieval.lexical.WordQuery;

/** Phrases in quotation marks, of whichever kind: straight, English, German, French. */
final class Quoted {
    /** Most of a question; the first count. */
    private static final int MOST = WordQuery.MAX_PHRASES;

    private static final int LONGEST = 200;
    private static final Pattern QUOTED = Pattern.compile(
            "\"([^\"\\n]{2,200})\"|[\u201c\u201e\u201d]([^\u201c\u201d\u201e\\n]{2,200})[\u201c\u201d]|[\u00ab\u00bb]([^\u00ab\u00bb\\n]{2,200})[\u00ab\u00bb]");

    private Quoted() {}

    static List<String> in(String question) {
        return QUOTED.matcher(question)
                .results()
                .map(match ->
                        match.group().substring(1, match.group().length() - 1).strip())
                .filter(phrase -> !phrase.isEmpty() && phrase.length() <= LONGEST)
                .distinct()
                .limit(MOST)
                .toList();
    }
}
