package org.cartulary.compliance.evidence;

/** A signed checkpoint of a size that was, or is about to be, published. */
record PublishedNote(long size, String note) {}
