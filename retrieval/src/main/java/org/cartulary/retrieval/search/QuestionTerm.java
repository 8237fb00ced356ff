package org.cartulary.retrieval.search;

/**
 * A content word of a question and what finding it says.
 *
 * @param term as analysed
 * @param weight inverse document frequency among the passages that the asker may read (BM25's, above 0), doubled for
 *     names and codes; 0 never
 */
public record QuestionTerm(String term, double weight) {}
