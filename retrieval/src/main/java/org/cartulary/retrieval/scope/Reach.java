package org.cartulary.retrieval.scope;

/**
 * How much of an index bears a reader's markings, whatever its standing.
 *
 * @param passages how many do
 * @param everything whether all do
 */
public record Reach(long passages, boolean everything) {}
