package org.cartulary.retrieval.replay;

import java.util.List;
import java.util.UUID;
import org.cartulary.retrieval.search.ReadingRecord;
import org.cartulary.retrieval.search.RerankRecord;
import org.cartulary.retrieval.search.Scores;
import org.cartulary.retrieval.search.SearchRequest;
import org.jspecify.annotations.Nullable;

/**
 * A search as it is on record.
 *
 * @param index name of the generation that was searched
 * @param request with the rights that the asker had
 * @param vectors of the question, exactly as it was searched with
 * @param readings what else decided about each of them
 * @param reranker what one said of its best hits; null where none had its say
 * @param change the last change of documents that it saw
 * @param offset hits before those that were shown
 * @param hits that were shown, best first
 */
public record RecordedSearch(
        String index,
        SearchRequest request,
        List<float[]> vectors,
        List<ReadingRecord> readings,
        @Nullable RerankRecord reranker,
        long change,
        int offset,
        List<RecordedHit> hits) {
    public RecordedSearch {
        vectors = List.copyOf(vectors);
        readings = List.copyOf(readings);
        if (readings.isEmpty() || readings.size() != vectors.size()) {
            throw new IllegalArgumentException("A recorded search has one vector for each reading of its question, but "
                    + readings.size() + " readings and " + vectors.size() + " vectors are on record");
        }
        hits = List.copyOf(hits);
    }

    /** A passage that was found. */
    public record RecordedHit(long passage, UUID document, Scores scores) {}
}
