package org.cartulary.retrieval.catalog;

/**
 * What asking for a new collection came to.
 *
 * @param fresh false when a collection of that name was there already; nobody's rights changed then
 */
public record Creation(Collection collection, boolean fresh) {}
