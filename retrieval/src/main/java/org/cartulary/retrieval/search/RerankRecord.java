package org.cartulary.retrieval.search;

import java.util.Map;

/**
 * What a reranker said, as far as it decides about the order of hits: enough to order them so again without it.
 *
 * @param candidates best hits that it was to read
 * @param weight of its scores, 0 to 1
 * @param scores by passage; a passage that it could not read is absent
 */
public record RerankRecord(int candidates, double weight, Map<Long, Double> scores) {
    public RerankRecord {
        scores = Map.copyOf(scores);
    }
}
