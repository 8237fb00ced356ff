package org.cartulary.retrieval.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.cartulary.retrieval.lexical.Analysis;
import org.cartulary.retrieval.lexical.LexicalIndex;
import org.cartulary.retrieval.lexical.TermStatistics;

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

    static List<QuestionTerm> of(String question, LexicalIndex lexical, SortedSet<Long> markings) {
        Map<String, Boolean> names = new LinkedHashMap<>();
        for (Analysis.TermAt at : Analysis.termsAt(question)) {
            if (!HOW_ASKED.contains(at.term()) && names.size() < MAX_TERMS) {
                names.merge(at.term(), isName(question, at), Boolean::logicalOr);
            }
        }
        TermStatistics statistics = lexical.statistics(names.keySet(), markings);
        List<QuestionTerm> terms = new ArrayList<>(names.size());
        names.forEach((term, name) ->
                terms.add(new QuestionTerm(term, statistics.inverseFrequency(term) * (name ? NAME_FACTOR : 1))));
        return terms;
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
