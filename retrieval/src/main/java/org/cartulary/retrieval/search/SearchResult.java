package org.cartulary.retrieval.search;

import java.util.List;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.understanding.Understood;

/**
 * What a search found.
 *
 * @param request what was asked for
 * @param hits best first
 * @param question as it was asked, with words of the one before where it leans on that
 * @param scope what was looked at, narrowed where the question names its documents
 * @param terms content words of the question, weighed among what the asker may read
 * @param queryVectors of the question as it was searched with, and of the question as it was asked where that is another;
 *     evidence keeps them, so that the search can be replayed; empty for one that was searched by words alone
 * @param readings what else decided about each of those two
 * @param generation name of the index generation
 * @param reranked whether a reranker had its say
 * @param change the last change of documents that the search saw
 * @param understood what the question was understood to say beside its words
 */
public record SearchResult(
        SearchRequest request,
        String question,
        SearchScope scope,
        List<Hit> hits,
        List<QuestionTerm> terms,
        List<float[]> queryVectors,
        List<ReadingRecord> readings,
        String generation,
        Reranked reranked,
        long change,
        Timings timings,
        List<Understood> understood) {
    public SearchResult {
        hits = List.copyOf(hits);
        terms = List.copyOf(terms);
        queryVectors = List.copyOf(queryVectors);
        readings = List.copyOf(readings);
        understood = List.copyOf(understood);
    }

    /** Of the question as it was searched with; empty where that was by words alone. */
    public float[] queryVector() {
        return queryVectors.getFirst();
    }

    /** The same with these of its hits alone. */
    public SearchResult only(List<Hit> some) {
        return new SearchResult(
                request,
                question,
                scope,
                some,
                terms,
                queryVectors,
                readings,
                generation,
                reranked,
                change,
                timings,
                understood);
    }
}
