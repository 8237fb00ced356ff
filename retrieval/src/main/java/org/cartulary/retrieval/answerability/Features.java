package org.cartulary.retrieval.answerability;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cartulary.retrieval.lexical.Analysis;
import org.cartulary.retrieval.quote.Candidate;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.QuestionTerm;
import org.cartulary.retrieval.search.SearchResult;

/**
 * What the judgment looks at.
 *
 * @param passageSimilarity greatest cosine of the question and a passage
 * @param passageCoverage greatest share of the question's weight that stands in one passage with its headings; 0 to 1
 * @param sentenceSimilarity greatest cosine of the question and a sentence
 * @param sentenceCoverage greatest share of the question's weight in one sentence alone; 0 to 1
 * @param best score of the best candidate, which knows of the kind of answer and of ranges
 * @param followed whether the best candidate names a code under which another passage has what was asked for
 */
public record Features(
        double passageSimilarity,
        double passageCoverage,
        double sentenceSimilarity,
        double sentenceCoverage,
        double best,
        boolean followed) {
    private static final int PASSAGES = 6;

    /** The features of a search. */
    static Features of(SearchResult found, List<Candidate> candidates, boolean followed) {
        List<Hit> best = found.hits().stream().limit(PASSAGES).toList();
        return new Features(
                best.stream()
                        .mapToDouble(hit ->
                                hit.scores().dense() == null ? 0 : hit.scores().dense())
                        .max()
                        .orElse(0),
                best.stream()
                        .mapToDouble(hit -> coverage(found.terms(), terms(hit)))
                        .max()
                        .orElse(0),
                candidates.stream().mapToDouble(Candidate::similarity).max().orElse(0),
                candidates.stream()
                        .mapToDouble(candidate -> coverage(found.terms(), candidate.found()))
                        .max()
                        .orElse(0),
                candidates.stream().mapToDouble(Candidate::score).max().orElse(0),
                followed);
    }

    private static Set<String> terms(Hit hit) {
        String anchor = hit.anchor() == null ? "" : hit.anchor();
        return new HashSet<>(Analysis.terms(hit.title() + "\n" + anchor + "\n" + hit.text()));
    }

    private static double coverage(List<QuestionTerm> wanted, Set<String> present) {
        double all = wanted.stream().mapToDouble(QuestionTerm::weight).sum();
        double held = wanted.stream()
                .filter(term -> present.contains(term.term()))
                .mapToDouble(QuestionTerm::weight)
                .sum();
        return all == 0 ? 0 : held / all;
    }
}
