package org.cartulary.compliance.evidence;

/** A committed entry that has no place in the tree yet. */
@SuppressWarnings("ArrayRecordComponent")
record PendingEntry(long id, byte[] leafHash, byte[] leaf) {}
