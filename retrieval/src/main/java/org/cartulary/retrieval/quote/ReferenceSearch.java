package org.cartulary.retrieval.quote;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.QuestionTerm;
import org.cartulary.retrieval.search.Search;
import org.cartulary.retrieval.search.SearchRequest;
import org.cartulary.retrieval.search.SearchResult;
import org.cartulary.retrieval.sentence.Sentence;

/**
 * Follows a code out of a quote that lacks what was asked for: the manual names regimen P2, the formulary its dose. By
 * words alone, under the rights of the first search. Thread-safe.
 */
public final class ReferenceSearch {
    private static final int HITS = 10;

    private final Search search;

    public ReferenceSearch(Search search) {
        this.search = search;
    }

    /**
     * The first piece of another passage that names a code of the candidate and has what the question's form asks for.
     *
     * @return not numbered yet; empty where the candidate has it already or names no code
     * @throws org.cartulary.retrieval.lexical.IndexBehind when the lexical index does not catch up in time
     */
    public Optional<Quote> follow(SearchResult found, Candidate candidate) {
        Set<AnswerKind> kinds = AnswerKind.askedBy(found.question());
        if (kinds.isEmpty() || AnswerKind.share(kinds, candidate.text()) == 1) {
            return Optional.empty();
        }
        return Reference.in(candidate.text()).stream()
                .flatMap(reference -> hits(found, reference)
                        .filter(hit -> hit.passage() != candidate.hit().passage())
                        .flatMap(hit -> pieces(hit)
                                .filter(piece -> reference.standsIn(piece.text()))
                                .filter(piece -> AnswerKind.share(kinds, piece.text()) > 0)
                                .map(piece -> Quote.of(hit, piece))))
                .findFirst();
    }

    private Stream<Hit> hits(SearchResult found, Reference reference) {
        Set<String> told = Wanted.terms(reference.text());
        String rest = found.terms().stream()
                .map(QuestionTerm::term)
                .filter(term -> !told.contains(term))
                .collect(Collectors.joining(" "));
        List<Hit> hits = search.searchByWords(new SearchRequest(
                reference.text() + " " + rest,
                found.scope(),
                HITS,
                found.request().wording()));
        return hits.stream();
    }

    private static Stream<Sentence> pieces(Hit hit) {
        return Pieces.of(hit.text(), hit.title() + "\n" + hit.anchor()).stream();
    }
}
