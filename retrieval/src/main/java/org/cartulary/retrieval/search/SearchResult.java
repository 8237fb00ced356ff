package org.cartulary.retrieval.search;

import java.util.List;
import org.cartulary.retrieval.scope.SearchScope;

/**
 * What a search found.
 *
 * @param hits best first
 * @param question as it was asked
 * @param scope what was looked at
 * @param terms content words of the question, weighed among what the asker may read
 * @param queryVector of the question as it was searched with; evidence keeps it, so that the search can be replayed
 * @param generation name of the index generation
 * @param reranked whether a reranker had its say
 * @param change the last change of documents that the search saw
 */
@SuppressWarnings("ArrayRecordComponent") // results are read, never compared
public record SearchResult(
        String question,
        SearchScope scope,
        List<Hit> hits,
        List<QuestionTerm> terms,
        float[] queryVector,
        String generation,
        Reranked reranked,
        long change,
        Timings timings) {
    public SearchResult {
        hits = List.copyOf(hits);
        terms = List.copyOf(terms);
    }

    /** The same with these of its hits alone. */
    public SearchResult only(List<Hit> some) {
        return new SearchResult(
                question, scope, some, terms, queryVector, generation, reranked, change, timings);
    }
}
