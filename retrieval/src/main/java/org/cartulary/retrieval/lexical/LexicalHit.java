package org.cartulary.retrieval.lexical;

/**
 * A passage that the words found.
 *
 * @param score BM25 over title, headings and text; above 0, without upper bound
 */
public record LexicalHit(long passage, double score) {}
