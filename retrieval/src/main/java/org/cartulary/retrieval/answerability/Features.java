package org.cartulary.retrieval.answerability;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
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
     * @param followed whether a code of the best of them leads to what was asked for
     */
    static Features of(SearchResult found, List<Candidate> candidates, boolean followed) {
        Map<Feature, Double> values = new EnumMap<>(Feature.class);
        passages(values, found.hits());
        if (!candidates.isEmpty()) {
            // An aim answers nothing, and yet shows that its document is about the question.
            Candidate best = Collections.max(candidates, Comparator.comparingDouble(Candidate::relevance));
            sentences(values, candidates, best);
            values.put(Feature.BEST_CONTEXT_COVERAGE, best.coverage());
            values.put(Feature.RAREST_MISSING_HERE, heaviestMissing(found, best));
            values.put(Feature.FOCUS_MISSING, lacksFocus(found, best.hit()) ? 1.0 : 0.0);
        }
        values.put(Feature.FOLLOWED, followed ? 1.0 : 0.0);
        return new Features(values);
    }

    private static void passages(Map<Feature, Double> values, List<Hit> hits) {
        double nearest =
                hits.stream().limit(PASSAGES).mapToDouble(Features::dense).max().orElse(0);
        double behind = hits.stream()
                .skip(NEAR)
                .mapToDouble(Features::dense)
                .filter(similarity -> similarity > 0)
                .average()
                .orElse(nearest - UNKNOWN_MARGIN);
        values.put(Feature.PASSAGE_MARGIN, nearest - behind);
    }

    private static void sentences(Map<Feature, Double> values, List<Candidate> candidates, Candidate best) {
        values.put(Feature.BEST_SCORE, best.relevance());
        Map<UUID, Double> similarities = new HashMap<>();
        Map<UUID, Double> scores = new HashMap<>();
        for (Candidate candidate : candidates) {
            similarities.merge(candidate.hit().document(), candidate.similarity(), Math::max);
            scores.merge(candidate.hit().document(), candidate.relevance(), Math::max);
        }
        double nearest = Collections.max(similarities.values());
        values.put(Feature.SENTENCE_SIMILARITY, nearest);
        values.put(Feature.SENTENCE_MARGIN, nearest - meanBehindFirst(similarities.values(), UNKNOWN_MARGIN));
        values.put(Feature.SCORE_MARGIN, best.relevance() - meanBehindFirst(scores.values(), UNKNOWN_SCORE_MARGIN));
    }

    private static double heaviestMissing(SearchResult found, Candidate best) {
        Set<String> present = headings(best.hit());
        present.addAll(best.found());
        double heaviest = found.terms().stream()
                .filter(term -> !present.contains(term.term()))
                .mapToDouble(QuestionTerm::weight)
                .max()
                .orElse(0);
        double greatest =
                found.terms().stream().mapToDouble(QuestionTerm::weight).max().orElse(0);
        return greatest == 0 ? 0 : heaviest / greatest;
    }

    /** Function words and words of asking are no terms of a question, and so no part of what it asks for. */
    private static boolean lacksFocus(SearchResult found, Hit hit) {
        Set<String> named = headings(hit);
        named.addAll(Analysis.terms(hit.text()));
        Set<String> focus = Focus.of(found.request().query());
        found.readings().stream()
                .flatMap(reading -> reading.synonyms().stream())
                .filter(other -> named.containsAll(Analysis.terms(other.words())))
                .forEach(other -> named.addAll(Analysis.terms(other.insteadOf())));
        return found.terms().stream()
                .map(QuestionTerm::term)
                .anyMatch(term -> focus.contains(term) && !named.contains(term));
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

    private static Set<String> headings(Hit hit) {
        return new HashSet<>(Analysis.terms(hit.title() + "\n" + (hit.anchor() == null ? "" : hit.anchor())));
    }
}
