package org.cartulary.retrieval.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.cartulary.retrieval.lexical.Analysis;

/**
 * Why a passage was found, as far as a person can follow it: which words of the question stand in it and where. What its
 * meaning, its neighbours and the joining of both came to, its scores say.
 *
 * @param words content words of the question that stand in its text, title or headings, the weightiest first
 * @param highlights where words of the question stand in its text, in order
 */
public record WhyHit(List<QuestionTerm> words, List<Span> highlights) {
    /**
     * A word in the text of a passage.
     *
     * @param start offset in UTF-16 units
     * @param end offset behind it
     */
    public record Span(int start, int end) {}

    public WhyHit {
        words = List.copyOf(words);
        highlights = List.copyOf(highlights);
    }

    /** Of each hit of a search, in order. */
    public static List<WhyHit> of(SearchResult found) {
        Map<String, Map<String, QuestionTerm>> byLanguage = new HashMap<>();
        return found.hits().stream()
                .map(hit -> of(hit, byLanguage.computeIfAbsent(hit.language(), language -> wanted(found, language))))
                .toList();
    }

    private static WhyHit of(Hit hit, Map<String, QuestionTerm> wanted) {
        String above = hit.title() + "\n" + (hit.anchor() == null ? "" : hit.anchor());
        Set<QuestionTerm> present = new HashSet<>();
        Analysis.terms(above, hit.language()).stream()
                .map(wanted::get)
                .filter(Objects::nonNull)
                .forEach(present::add);
        List<Span> highlights = new ArrayList<>();
        for (Analysis.TermAt at : Analysis.termsAt(hit.text(), hit.language())) {
            QuestionTerm word = wanted.get(at.term());
            if (word != null) {
                present.add(word);
                highlights.add(new Span(at.start(), at.end()));
            }
        }
        List<QuestionTerm> words = present.stream()
                .sorted(Comparator.comparingDouble(QuestionTerm::weight)
                        .reversed()
                        .thenComparing(QuestionTerm::term))
                .toList();
        return new WhyHit(words, highlights);
    }

    /** The words of the question as the passage's language has them. */
    private static Map<String, QuestionTerm> wanted(SearchResult found, String language) {
        Map<String, QuestionTerm> byTerm = new HashMap<>();
        found.terms().forEach(term -> byTerm.put(term.term(), term));
        Map<String, QuestionTerm> wanted = new HashMap<>();
        List<Analysis.TermAt> words = Analysis.termsAt(found.question());
        for (Analysis.TermAt own : Analysis.termsAt(found.question(), language)) {
            for (Analysis.TermAt word : words) {
                QuestionTerm term = byTerm.get(word.term());
                if (term != null && word.start() < own.end() && own.start() < word.end()) {
                    wanted.put(own.term(), term);
                }
            }
        }
        return wanted;
    }
}
