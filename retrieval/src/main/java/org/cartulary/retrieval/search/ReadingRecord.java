package org.cartulary.retrieval.search;

import java.util.List;
import org.cartulary.retrieval.synonym.Synonyms;

/**
 * What decided how one reading of a question was searched, beside the request and the vector: so that it can be searched
 * alike again, whatever the embedder, the lists of synonyms and the statistics of the database say then.
 *
 * @param question as it was searched with
 * @param wordsAlone whether the embedder did not know its language, so that its vector was not searched with
 * @param exact whether all vectors of the scope were compared; otherwise the graph was walked
 * @param synonyms other words that it was searched with
 */
public record ReadingRecord(String question, boolean wordsAlone, boolean exact, List<Synonyms.Other> synonyms) {
    public ReadingRecord {
        synonyms = List.copyOf(synonyms);
    }
}
