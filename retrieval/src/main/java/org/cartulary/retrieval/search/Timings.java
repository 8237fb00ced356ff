package org.cartulary.retrieval.search;

import java.time.Duration;

/**
 * What a search spent.
 *
 * @param embedding the question, by the embedder
 * @param waiting for the lexical index to have the current change, and reading the question
 * @param lexical searching by words
 * @param dense searching by vectors
 * @param reading the passages, and fusing
 * @param reranking by the reranker
 */
public record Timings(
        Duration embedding,
        Duration waiting,
        Duration lexical,
        Duration dense,
        Duration reading,
        Duration reranking,
        Duration total) {}
