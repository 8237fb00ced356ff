package org.cartulary.retrieval.quote;

import java.util.Set;
import org.cartulary.retrieval.search.Hit;

/**
 * A sentence of a passage that may answer.
 *
 * @param rank of its passage, from 0
 * @param text verbatim
 * @param start offset in the document's normalised text, in UTF-16 units
 * @param end offset behind it
 * @param vector of the sentence
 * @param similarity cosine of the question and the sentence
 * @param coverage share of the question's weight whose words stand in the sentence or above it; 0 to 1
 * @param found the question's terms that the sentence itself holds
 * @param relevance how much it is about the question, whether it tells an outcome or only what was to be found out
 * @param score what candidates are ordered by; knows of the kind of answer and of ranges too
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Candidate(
        Hit hit,
        int rank,
        String text,
        int start,
        int end,
        float[] vector,
        double similarity,
        double coverage,
        Set<String> found,
        double relevance,
        double score) {
    public Candidate {
        found = Set.copyOf(found);
    }
}
