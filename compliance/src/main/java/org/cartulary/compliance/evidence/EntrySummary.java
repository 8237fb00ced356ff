package org.cartulary.compliance.evidence;

import java.time.Instant;

/**
 * One line of the log for a reviewer; nothing in it is sealed.
 *
 * @param index in the tree
 * @param actor pseudonym
 */
public record EntrySummary(long index, EntryType type, long number, Instant time, String actor) {}
