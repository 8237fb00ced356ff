package org.cartulary.retrieval.understanding;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that a question was understood to say.
 *
 * @param text of the question, or what was read into it
 * @param effect what it did to the search, as a person may be told
 */
public record Understood(Kind kind, String text, String effect) {
    /** As evidence keeps it. */
    public SortedMap<String, Object> recorded() {
        return new TreeMap<>(Map.of("kind", kind.word(), "text", text, "effect", effect));
    }

    /** What sort of thing it is. */
    public enum Kind {
        IDENTIFIER,
        DOCUMENT,
        YEAR,
        PHRASE,
        WITHOUT,
        SYNONYM,
        LANGUAGE,
        FOLLOW_UP;

        /** As interfaces spell it: {@code follow-up}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
