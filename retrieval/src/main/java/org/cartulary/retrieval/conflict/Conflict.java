package org.cartulary.retrieval.conflict;

/**
 * Two statements, of two documents that are in force at the same place, on the same matter, which differ.
 *
 * @param one of the hit that ranks better
 * @param difference in what, for a person: {@code "90 day" / "30 day"}
 */
public record Conflict(Statement one, Statement other, String difference) {}
