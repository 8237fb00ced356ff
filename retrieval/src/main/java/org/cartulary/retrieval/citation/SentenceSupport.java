package org.cartulary.retrieval.citation;

import java.util.List;
import org.cartulary.retrieval.quantity.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * A sentence of an answer and what stands behind it.
 *
 * @param text without its citation marks
 * @param cited numbers of the sources that it cites
 * @param supported whether the best source carries it
 * @param source number of the best source among those cited, or among all where none is cited; null without sources
 * @param containment share of the sentence's content words that stand in the source's best lines; 0 to 1
 * @param similarity cosine of the sentence and the nearest sentence of the source
 * @param missing quantities of the sentence that the source's best lines do not have
 */
public record SentenceSupport(
        String text,
        List<Integer> cited,
        boolean supported,
        @Nullable Integer source,
        double containment,
        double similarity,
        List<Quantity> missing) {
    public SentenceSupport {
        cited = List.copyOf(cited);
        missing = List.copyOf(missing);
    }
}
