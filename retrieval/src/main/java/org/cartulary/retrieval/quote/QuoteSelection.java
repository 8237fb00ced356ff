package org.cartulary.retrieval.quote;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.cartulary.inference.Embedder;
import org.cartulary.retrieval.dense.QueryEmbedding;
import org.cartulary.retrieval.dense.Vectors;
import org.cartulary.retrieval.lexical.Analysis;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.search.QuestionTerm;
import org.cartulary.retrieval.search.SearchResult;
import org.cartulary.retrieval.table.HeadingRows;

/**
 * Chooses the one to three sentences that answer a question: the best one for each thing it asks for, and another where
 * that one leaves much of the question uncovered. Thread-safe.
 */
public final class QuoteSelection {
    private static final int MOST = 3;
    /** Share of the question's weight that another sentence must add. */
    private static final double WORTH_ADDING = 0.3;
    /** How far below the best one another sentence may lie. */
    private static final double NEAR_BEST = 0.88;

    private static final double PART_SIMILARITY = 0.5;
    private static final double PART_COVERAGE = 0.3;
    private static final double PART_WHOLE = 0.2;
    private static final double PART_KIND = 0.12;

    private final Embedder embedder;
    private final ReferenceSearch references;
    private final HeadingRows headingRows;

    /**
     * @param references follows a code from one document into another, under the same rights
     * @param headingRows finds what the cells of a row are
     */
    public QuoteSelection(Embedder embedder, ReferenceSearch references, HeadingRows headingRows) {
        this.embedder = embedder;
        this.references = references;
        this.headingRows = headingRows;
    }

    /**
     * Chooses sentences.
     *
     * @param candidates of the same search, best first
     * @throws org.cartulary.retrieval.lexical.IndexBehind when a reference is followed and the index does not catch up
     * @return 1 to 3 quotes in the order of the question's parts, and before a row of a table its heading row where that
     *     is not in it; none when there are no candidates
     */
    public List<Quote> select(String question, SearchResult found, List<Candidate> candidates) {
        if (candidates.isEmpty()) {
            return List.of();
        }
        List<String> parts = QuestionParts.of(question);
        List<Candidate> chosen = parts.size() == 1 ? forWhole(found, candidates) : forParts(parts, found, candidates);
        List<Quote> quotes = chosen.stream().map(Quote::of).toList();
        List<Quote> followed = references
                .follow(found, chosen.getFirst())
                .map(target -> List.of(quotes.getFirst(), target))
                .orElse(quotes);
        return numbered(withHeadingRows(followed, found.scope()));
    }

    /** A row by itself does not say what its cells are. */
    private List<Quote> withHeadingRows(List<Quote> quotes, SearchScope scope) {
        List<Quote> all = new ArrayList<>(quotes.size());
        for (Quote quote : quotes) {
            headingRows
                    .over(quote.hit(), quote.start(), scope)
                    .map(Quote::of)
                    .filter(row -> Stream.concat(all.stream(), quotes.stream()).noneMatch(row::overlaps))
                    .ifPresent(all::add);
            all.add(quote);
        }
        return all;
    }

    private static List<Candidate> forWhole(SearchResult found, List<Candidate> candidates) {
        List<Candidate> chosen = new ArrayList<>(List.of(candidates.getFirst()));
        if (tellsAll(found.question(), candidates.getFirst())) {
            return chosen;
        }
        Set<String> covered = new HashSet<>(candidates.getFirst().found());
        double least = NEAR_BEST * candidates.getFirst().score();
        for (Candidate candidate : candidates) {
            double added = share(found.terms(), candidate, covered);
            if (chosen.size() < MOST && candidate.score() >= least && added >= WORTH_ADDING) {
                chosen.add(candidate);
                covered.addAll(candidate.found());
            }
        }
        return chosen;
    }

    /** Whether the question's form asks for something, and the sentence has it: more sentences would only distract. */
    private static boolean tellsAll(String question, Candidate candidate) {
        Set<AnswerKind> kinds = AnswerKind.askedBy(question);
        return !kinds.isEmpty() && AnswerKind.share(kinds, candidate.text()) == 1;
    }

    /** Share of the question's weight that a sentence holds and those already chosen do not. */
    private static double share(List<QuestionTerm> terms, Candidate candidate, Set<String> covered) {
        double all = 0;
        double added = 0;
        for (QuestionTerm term : terms) {
            all += term.weight();
            if (candidate.found().contains(term.term()) && !covered.contains(term.term())) {
                added += term.weight();
            }
        }
        return all == 0 ? 0 : added / all;
    }

    private List<Candidate> forParts(List<String> parts, SearchResult found, List<Candidate> candidates) {
        QueryEmbedding embedding = new QueryEmbedding(embedder);
        List<float[]> vectors = parts.stream().map(embedding::of).toList();
        List<Candidate> chosen = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            Set<String> own = new HashSet<>(Analysis.terms(part));
            float[] vector = vectors.get(i);
            List<QuestionTerm> terms = found.terms().stream()
                    .filter(term -> own.contains(term.term()))
                    .toList();
            Candidate best = candidates.stream()
                    .max(Comparator.comparingDouble(candidate -> partScore(candidate, part, vector, terms)))
                    .orElseThrow();
            if (!chosen.contains(best)) {
                chosen.add(best);
            }
        }
        return chosen;
    }

    private static double partScore(Candidate candidate, String part, float[] vector, List<QuestionTerm> terms) {
        return PART_SIMILARITY * Vectors.dot(vector, candidate.vector())
                + PART_COVERAGE * share(terms, candidate, Set.of())
                + PART_WHOLE * candidate.score()
                + PART_KIND * AnswerKind.share(AnswerKind.askedBy(part), candidate.text());
    }

    private static List<Quote> numbered(List<Quote> quotes) {
        Map<Long, Integer> numbers = new LinkedHashMap<>();
        return quotes.stream()
                .map(quote ->
                        quote.numbered(numbers.computeIfAbsent(quote.hit().passage(), passage -> numbers.size() + 1)))
                .toList();
    }
}
