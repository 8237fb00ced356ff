package org.cartulary.retrieval.understanding;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.cartulary.retrieval.language.Languages;
import org.cartulary.retrieval.lexical.WordQuery;
import org.jspecify.annotations.Nullable;

/**
 * How a question is meant to be taken, as its asker says.
 *
 * @param language of the question, ISO 639-1; null where it is to be told by its words
 * @param exact whether only passages are wanted that hold every quoted phrase
 * @param without words or phrases that no passage may hold, {@value #MOST_WITHOUT} at most
 * @param earlier what was asked before in the same conversation, the latest last, {@value #MOST_EARLIER} at most
 */
public record Wording(@Nullable String language, boolean exact, List<String> without, List<String> earlier) {
    /** Nothing is said. */
    public static final Wording PLAIN = new Wording(null, false, List.of(), List.of());

    /** Most questions of a conversation that are looked at. */
    public static final int MOST_EARLIER = 20;

    /** Most words that can be left out. */
    public static final int MOST_WITHOUT = WordQuery.MAX_WITHOUT;

    private static final int LONGEST_WITHOUT = 200;
    /** Characters of an earlier question. */
    public static final int LONGEST_EARLIER = 4_000;

    private static final Pattern TAG = Pattern.compile("[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*");

    public Wording {
        without = List.copyOf(without);
        earlier = List.copyOf(earlier);
        if (earlier.size() > MOST_EARLIER || earlier.stream().anyMatch(one -> one.length() > LONGEST_EARLIER)) {
            throw new IllegalArgumentException("At most " + MOST_EARLIER + " earlier questions of " + LONGEST_EARLIER
                    + " characters each can be given: give the latest.");
        }
        if (language != null) {
            if (!TAG.matcher(language).matches()) {
                throw new IllegalArgumentException(
                        "\"" + language + "\" names no language: give its code, such as en or de.");
            }
            language = Languages.ofTag(language);
        }
        if (without.size() > MOST_WITHOUT) {
            throw new IllegalArgumentException(
                    "At most " + MOST_WITHOUT + " words can be left out, but there are " + without.size() + ".");
        }
        for (String word : without) {
            if (word.isBlank() || word.length() > LONGEST_WITHOUT) {
                throw new IllegalArgumentException(
                        "What is left out has 1 to " + LONGEST_WITHOUT + " characters and is not blank.");
            }
        }
    }

    /** As evidence keeps it; empty where nothing is said. */
    public SortedMap<String, Object> recorded() {
        SortedMap<String, Object> recorded = new TreeMap<>();
        if (language != null) {
            recorded.put("language", language);
        }
        if (exact) {
            recorded.put("exact", true);
        }
        if (!without.isEmpty()) {
            recorded.put("without", without);
        }
        if (!earlier.isEmpty()) {
            recorded.put("earlier", earlier);
        }
        return recorded;
    }
}
