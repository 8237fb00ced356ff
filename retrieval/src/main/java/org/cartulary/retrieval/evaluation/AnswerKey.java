package org.cartulary.retrieval.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A question, and what is known of its answer.
 *
 * @param answerable whether the documents hold the answer
 * @param documents ids of those that do, each by itself
 * @param must what a right answer contains: of each inner list one text at least, whatever its case; empty where nobody said
 * @param mustNot what only a wrong answer contains
 * @param kinds for figures of their own, such as {@code negation} and {@code units}
 */
public record AnswerKey(
        String id,
        String question,
        boolean answerable,
        Set<String> documents,
        List<List<String>> must,
        List<String> mustNot,
        List<String> kinds) {
    public AnswerKey {
        documents = Set.copyOf(documents);
        must = must.stream().map(List::copyOf).toList();
        mustNot = List.copyOf(mustNot);
        kinds = List.copyOf(kinds);
    }

    /** Whether somebody said what a right answer contains. */
    boolean judges() {
        return !must.isEmpty() || !mustNot.isEmpty();
    }

    /** Whether a text has all that it must and nothing that it must not. White space counts as one space. */
    boolean isMetBy(String text) {
        String plain = plain(text);
        return must.stream().allMatch(some -> some.stream().anyMatch(one -> plain.contains(plain(one))))
                && mustNot.stream().noneMatch(one -> plain.contains(plain(one)));
    }

    private static String plain(String text) {
        return text.replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
