package org.cartulary.retrieval.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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

    public static WhyHit of(SearchResult found, Hit hit) {
        Set<String> wanted = found.terms().stream().map(QuestionTerm::term).collect(Collectors.toSet());
        Set<String> present =
                new HashSet<>(Analysis.terms(hit.title() + "\n" + (hit.anchor() == null ? "" : hit.anchor())));
        List<Span> highlights = new ArrayList<>();
        for (Analysis.TermAt at : Analysis.termsAt(hit.text())) {
            present.add(at.term());
            if (wanted.contains(at.term())) {
                highlights.add(new Span(at.start(), at.end()));
            }
        }
        List<QuestionTerm> words = found.terms().stream()
                .filter(term -> present.contains(term.term()))
                .sorted((a, b) -> Double.compare(b.weight(), a.weight()))
                .toList();
        return new WhyHit(words, highlights);
    }
}
