package org.cartulary.retrieval.search;

import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.understanding.Wording;

/**
 * A question to the indexes.
 *
 * @param query 1 to {@value #MAX_QUERY_LENGTH} UTF-16 units, not blank
 * @param scope which documents are looked at
 * @param limit hits wanted, 1 to {@value #MAX_LIMIT}
 * @param varied whether a passage that says nearly what a better one says is left out, and one long document may not
 *     fill the list
 * @param rerank whether a reranker has its say, where one is installed
 * @param wording how the question is meant to be taken
 */
public record SearchRequest(
        String query, SearchScope scope, int limit, boolean varied, boolean rerank, Wording wording) {
    /** Longest question. */
    public static final int MAX_QUERY_LENGTH = 4_000;
    /** Most hits. */
    public static final int MAX_LIMIT = 1_000;

    public SearchRequest {
        if (query.isBlank() || query.length() > MAX_QUERY_LENGTH) {
            throw new IllegalArgumentException("A question has 1 to " + MAX_QUERY_LENGTH
                    + " characters and is not blank, but this one has " + query.length() + ": shorten it.");
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("1 to " + MAX_LIMIT + " hits can be asked for, but not " + limit);
        }
    }

    /** Taken plainly. */
    public SearchRequest(String query, SearchScope scope, int limit, boolean varied, boolean rerank) {
        this(query, scope, limit, varied, rerank, Wording.PLAIN);
    }

    /** Varied, and reranked. */
    public SearchRequest(String query, SearchScope scope, int limit, Wording wording) {
        this(query, scope, limit, true, true, wording);
    }

    /** Varied, reranked, and taken plainly. */
    public SearchRequest(String query, SearchScope scope, int limit) {
        this(query, scope, limit, true, true);
    }
}
