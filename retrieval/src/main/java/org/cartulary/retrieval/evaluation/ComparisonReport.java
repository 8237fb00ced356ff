package org.cartulary.retrieval.evaluation;

/**
 * Two indexes on the same questions. It names no document.
 *
 * @param judgedDocuments that answer a question of the set
 * @param findableDocuments those of them that are there and may be read by whoever compares
 * @param ndcgDifference mean nDCG@10 of the second less that of the first
 * @param ndcgLow lower end of its 95% interval, by a paired bootstrap over the questions
 * @param overlapAt10 mean share of the first ten documents that both find
 */
public record ComparisonReport(
        int questions,
        int judgedDocuments,
        long findableDocuments,
        Side first,
        Side second,
        double ndcgDifference,
        double ndcgLow,
        double ndcgHigh,
        double overlapAt10) {
    /** One of them. */
    public record Side(String index, SystemReport fused) {}
}
