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
    /** Most phrases of one question. */
    public static final int MAX_PHRASES = 10;
    /** Most other words. */
    public static final int MAX_EXPANSIONS = 50;
    /** Characters of one of them. */
    public static final int LONGEST_EXPANSION = 100;
    /** Most words or phrases that are left out. */
    public static final int MAX_WITHOUT = 20;

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
        if (phrases.size() > MAX_PHRASES
                || expansions.size() > MAX_EXPANSIONS
                || without.size() > MAX_WITHOUT
                || expansions.stream().anyMatch(expansion -> expansion.words().length() > LONGEST_EXPANSION)) {
            throw new IllegalArgumentException("A question has at most " + MAX_PHRASES + " phrases, " + MAX_EXPANSIONS
                    + " other words of " + LONGEST_EXPANSION + " characters and " + MAX_WITHOUT + " that are left out");
        }
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
