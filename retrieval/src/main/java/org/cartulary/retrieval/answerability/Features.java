package org.cartulary.retrieval.answerability;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.cartulary.retrieval.lexical.Analysis;
import org.cartulary.retrieval.quote.Candidate;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.QuestionTerm;
import org.cartulary.retrieval.search.SearchResult;

/**
 * What the judgment of one search looks at.
 *
 * @param values one for each feature
 */
public record Features(Map<Feature, Double> values) {
    private static final int PASSAGES = 6;
    /** The first few may all be about the question; what comes behind shows how near anything is here. */
    private static final int NEAR = 3;

    private static final int OTHERS = 3;

    /** Where nothing else is there to compare with: between what margins are with an answer and without. */
    private static final double UNKNOWN_MARGIN = 0.12;

    private static final double UNKNOWN_SCORE_MARGIN = 0.3;

    public Features {
        values = Collections.unmodifiableMap(new EnumMap<>(values));
    }

    public double get(Feature feature) {
        return values.getOrDefault(feature, 0.0);
    }

    /**
     * The features of a search.
     *
     * @param candidates of the same search, best first; where there are none, all features of sentences are 0
     */
    static Features of(SearchResult found, List<Candidate> candidates, boolean followed) {
        Map<Feature, Double> values = new EnumMap<>(Feature.class);
        List<Hit> best = found.hits().stream().limit(PASSAGES).toList();
        passages(values, found, best);
        if (!candidates.isEmpty()) {
            sentences(values, candidates);
            words(values, found, best, candidates);
        }
        values.put(Feature.FOLLOWED, followed ? 1.0 : 0.0);
        return new Features(values);
    }

    private static void passages(Map<Feature, Double> values, SearchResult found, List<Hit> best) {
        double nearest = best.stream().mapToDouble(Features::dense).max().orElse(0);
        values.put(Feature.PASSAGE_SIMILARITY, nearest);
        double behind = found.hits().stream()
                .skip(NEAR)
                .mapToDouble(Features::dense)
                .filter(similarity -> similarity > 0)
                .average()
                .orElse(nearest - UNKNOWN_MARGIN);
        values.put(Feature.PASSAGE_MARGIN, nearest - behind);
        double words = best.stream().mapToDouble(Features::bm25).max().orElse(0);
        double all = found.terms().stream().mapToDouble(QuestionTerm::weight).sum();
        values.put(Feature.WORDS_SCORE, all == 0 ? 0 : words / all);
        boolean agree = best.stream().anyMatch(hit -> dense(hit) == nearest && bm25(hit) == words);
        values.put(Feature.AGREEMENT, agree ? 1.0 : 0.0);
    }

    private static void sentences(Map<Feature, Double> values, List<Candidate> candidates) {
        Candidate best = candidates.getFirst();
        values.put(Feature.BEST_SIMILARITY, best.similarity());
        values.put(Feature.BEST_SCORE, best.score());
        values.put(Feature.KIND, best.kind());
        values.put(Feature.KIND_ASKED, best.kindAsked() ? 1.0 : 0.0);
        values.put(Feature.FIT, (double) best.fit());
        Map<UUID, Double> similarities = new HashMap<>();
        Map<UUID, Double> scores = new HashMap<>();
        for (Candidate candidate : candidates) {
            similarities.merge(candidate.hit().document(), candidate.similarity(), Math::max);
            scores.merge(candidate.hit().document(), candidate.score(), Math::max);
        }
        double nearest = Collections.max(similarities.values());
        values.put(Feature.SENTENCE_SIMILARITY, nearest);
        values.put(Feature.SENTENCE_MARGIN, nearest - meanBehindFirst(similarities.values(), UNKNOWN_MARGIN));
        values.put(Feature.SCORE_MARGIN, best.score() - meanBehindFirst(scores.values(), UNKNOWN_SCORE_MARGIN));
    }

    private static void words(
            Map<Feature, Double> values, SearchResult found, List<Hit> best, List<Candidate> candidates) {
        List<QuestionTerm> terms = found.terms();
        Set<String> everywhere = new HashSet<>();
        found.hits().forEach(hit -> everywhere.addAll(terms(hit)));
        Candidate first = candidates.getFirst();
        Set<String> inPassage = terms(first.hit());
        inPassage.addAll(first.found());
        everywhere.addAll(inPassage);
        values.put(
                Feature.PASSAGE_COVERAGE,
                best.stream()
                        .mapToDouble(hit -> coverage(terms, terms(hit)))
                        .max()
                        .orElse(0));
        values.put(
                Feature.SENTENCE_COVERAGE,
                candidates.stream()
                        .mapToDouble(candidate -> coverage(terms, candidate.found()))
                        .max()
                        .orElse(0));
        values.put(Feature.BEST_COVERAGE, coverage(terms, first.found()));
        values.put(Feature.BEST_PASSAGE_COVERAGE, coverage(terms, inPassage));
        values.put(Feature.BEST_CONTEXT_COVERAGE, first.coverage());
        Set<String> here = headings(first.hit());
        here.addAll(first.found());
        values.put(Feature.RAREST_MISSING_HERE, heaviestMissing(found, here));
        values.put(Feature.UNSEEN, terms.isEmpty() ? 0 : 1 - coverage(terms, everywhere));
        values.put(Feature.RAREST_MISSING, heaviestMissing(found, inPassage));
        values.put(Feature.RAREST_UNSEEN, heaviestMissing(found, everywhere));
    }

    private static double heaviestMissing(SearchResult found, Set<String> present) {
        double heaviest = found.terms().stream()
                .filter(term -> !present.contains(term.term()))
                .mapToDouble(QuestionTerm::weight)
                .max()
                .orElse(0);
        double greatest =
                found.terms().stream().mapToDouble(QuestionTerm::weight).max().orElse(0);
        return greatest == 0 ? 0 : heaviest / greatest;
    }

    private static double meanBehindFirst(Collection<Double> values, double unknownMargin) {
        List<Double> sorted = values.stream().sorted(Collections.reverseOrder()).toList();
        return sorted.stream()
                .skip(1)
                .limit(OTHERS)
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(sorted.getFirst() - unknownMargin);
    }

    private static double dense(Hit hit) {
        Double dense = hit.scores().dense();
        return dense == null ? 0 : dense;
    }

    private static double bm25(Hit hit) {
        Double bm25 = hit.scores().bm25();
        return bm25 == null ? 0 : bm25;
    }

    private static Set<String> terms(Hit hit) {
        String anchor = hit.anchor() == null ? "" : hit.anchor();
        return new HashSet<>(Analysis.terms(hit.title() + "\n" + anchor + "\n" + hit.text()));
    }

    private static Set<String> headings(Hit hit) {
        return new HashSet<>(Analysis.terms(hit.title() + "\n" + (hit.anchor() == null ? "" : hit.anchor())));
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
