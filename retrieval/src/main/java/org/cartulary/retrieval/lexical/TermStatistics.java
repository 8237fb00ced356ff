package org.cartulary.retrieval.lexical;

import java.util.Map;

/**
 * How common words are among the passages that one reader may read; of others it says nothing.
 *
 * @param passages how many there are
 * @param withTerm how many hold each term
 */
public record TermStatistics(long passages, Map<String, Long> withTerm) {
    /** BM25's inverse document frequency: ln(1 + (N − n + ½) / (n + ½)); above 0. */
    public double inverseFrequency(String term) {
        long holding = withTerm.getOrDefault(term, 0L);
        return Math.log(1 + (passages - holding + 0.5) / (holding + 0.5));
    }
}
