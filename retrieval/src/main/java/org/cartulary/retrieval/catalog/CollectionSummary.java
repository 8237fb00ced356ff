package org.cartulary.retrieval.catalog;

/**
 * A collection and how much is in it.
 *
 * @param documents ready ones
 * @param passages of ready documents
 */
public record CollectionSummary(Collection collection, long documents, long passages) {}
