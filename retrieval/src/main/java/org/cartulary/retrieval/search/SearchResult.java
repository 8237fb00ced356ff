package org.cartulary.retrieval.search;

import java.util.List;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.understanding.Understood;

/**
 * What a search found.
 *
 * @param hits best first
 * @param question as it was asked, with words of the one before where it leans on that
 * @param scope what was looked at, narrowed where the question names its documents
 * @param terms content words of the question, weighed among what the asker may read
 * @param queryVector of the question as it was searched with; evidence keeps it, so that the search can be replayed
 * @param generation name of the index generation
 * @param understood what the question was understood to say beside its words
 */
@SuppressWarnings("ArrayRecordComponent") // results are read, never compared
public record SearchResult(
        String question,
        SearchScope scope,
        List<Hit> hits,
        List<QuestionTerm> terms,
        float[] queryVector,
        String generation,
        Timings timings,
        List<Understood> understood) {
    public SearchResult {
        hits = List.copyOf(hits);
        terms = List.copyOf(terms);
        understood = List.copyOf(understood);
    }

    /** The same with these of its hits alone. */
    public SearchResult only(List<Hit> some) {
        return new SearchResult(question, scope, some, terms, queryVector, generation, timings, understood);
    }
}
