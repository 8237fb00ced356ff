package org.cartulary.retrieval.search;

/** A passage with the scores of all stages, before it is read. */
record Fused(long passage, Scores scores) {}
