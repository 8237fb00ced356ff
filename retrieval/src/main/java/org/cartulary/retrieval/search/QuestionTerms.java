package org.cartulary.retrieval.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.cartulary.retrieval.language.Languages;
import org.cartulary.retrieval.lexical.Analysis;
import org.cartulary.retrieval.lexical.LexicalIndex;
import org.cartulary.retrieval.lexical.TermStatistics;
import org.jspecify.annotations.Nullable;

/** Weighs the words of a question: rare ones and names decide what it is about. */
final class QuestionTerms {
    private static final int MAX_TERMS = 64;
    private static final double NAME_FACTOR = 2;
    /** Words that say how a question is put, not what it is about; as the analyser leaves them. */
    private static final Set<String> HOW_ASKED = Set.of(
            "what", "which", "who", "whom", "whose", "when", "where", "why", "how", "doe", "do", "did", "can", "could",
            "should", "would", "shall", "may", "must", "mani", "much", "long", "often", "have", "ha", "had", "i", "we",
            "you", "my", "our", "your", "me", "us", "about", "ani", "some", "pleas", "tell", "give", "need", "from",
            "after", "befor", "am", "been", "being", "were", "than", "also", "she", "he", "her", "hi", "its");

    private QuestionTerms() {}

    /** @param language of the question, ISO 639-1; its function words say nothing; null where it is not known */
    static List<QuestionTerm> of(
            String question, @Nullable String language, LexicalIndex lexical, SortedSet<Long> markings) {
        Map<String, List<Analysis.TermAt>> words = new LinkedHashMap<>();
        for (Analysis.TermAt at : content(question, language)) {
            if (!HOW_ASKED.contains(at.term()) && (words.containsKey(at.term()) || words.size() < MAX_TERMS)) {
                words.computeIfAbsent(at.term(), term -> new ArrayList<>()).add(at);
            }
        }
        TermStatistics statistics = lexical.statistics(question, words, markings);
        List<QuestionTerm> terms = new ArrayList<>(words.size());
        words.forEach((term, places) -> {
            boolean name = places.stream().anyMatch(at -> isName(question, at));
            terms.add(new QuestionTerm(term, statistics.inverseFrequency(term) * (name ? NAME_FACTOR : 1)));
        });
        return terms;
    }

    private static List<Analysis.TermAt> content(String question, @Nullable String language) {
        List<Analysis.TermAt> words = Analysis.termsAt(question);
        if (language == null || language.equals(Languages.ENGLISH)) {
            return words;
        }
        List<Analysis.TermAt> own = Analysis.termsAt(question, language);
        return words.stream()
                .filter(word -> own.stream().anyMatch(term -> word.start() < term.end() && term.start() < word.end()))
                .toList();
    }

    /** A plain number is no name: it may stand for any within a range. */
    private static boolean isName(String question, Analysis.TermAt at) {
        String word = question.substring(at.start(), at.end());
        boolean firstWord = question.substring(0, at.start()).isBlank();
        boolean digits = word.chars().anyMatch(Character::isDigit);
        boolean letters = word.chars().anyMatch(Character::isLetter);
        return (digits && letters)
                || word.chars().skip(1).anyMatch(Character::isUpperCase)
                || (!firstWord && Character.isUpperCase(word.charAt(0)));
    }
}
