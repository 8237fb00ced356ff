package org.cartulary.retrieval.search;

import org.cartulary.inference.ModelCard;

/** Whether a reranker had its say in the order of hits. */
public sealed interface Reranked {
    /** None is installed, or it is left out by policy. */
    record No() implements Reranked {}

    /** It read the best passages. */
    record Yes(ModelCard model, RerankRecord record) implements Reranked {}

    /**
     * One is installed, but this search went without it.
     *
     * @param reason in words for the asker
     */
    record Failed(String reason) implements Reranked {}
}
