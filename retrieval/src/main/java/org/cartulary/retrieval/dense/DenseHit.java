package org.cartulary.retrieval.dense;

/**
 * A passage that the vectors found.
 *
 * @param score inner product of the two vectors, so the cosine: −1 to 1
 */
public record DenseHit(long passage, double score) {}
