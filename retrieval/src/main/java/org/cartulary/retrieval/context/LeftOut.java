package org.cartulary.retrieval.context;

/**
 * A passage that the model did not get, or not whole.
 *
 * @param sentences how many of its sentences are missing
 * @param whole whether all of it is missing
 */
public record LeftOut(long passage, int sentences, boolean whole) {}
