package org.cartulary.retrieval.lexical;

import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for by words.
 *
 * @param text its words are looked for, none has special meaning
 * @param language of the text, ISO 639-1, whose function words count in no language; null where it is not known
 * @param phrases words that count more where they stand together
 * @param expansions other words for some of the text
 * @param exact whether nothing is found that does not hold every phrase
 * @param without words or phrases that nothing found may hold
 */
public record WordQuery(
        String text,
        @Nullable String language,
        List<String> phrases,
        List<Expansion> expansions,
        boolean exact,
        List<String> without) {
    /**
     * Another word, or words that stand together, for some of the text.
     *
     * @param markings passages with other ones are not looked at for it
     */
    public record Expansion(String words, SortedSet<Long> markings) {}

    public WordQuery {
        phrases = List.copyOf(phrases);
        expansions = List.copyOf(expansions);
        without = List.copyOf(without);
    }

    /** Words and nothing else. */
    public static WordQuery of(String text) {
        return new WordQuery(text, null, List.of(), List.of(), false, List.of());
    }

    /** Whether some passages are out of the question, however well they match. */
    public boolean isStrict() {
        return !without.isEmpty() || (exact && !phrases.isEmpty());
    }
}
