package org.cartulary.retrieval.building;

import org.cartulary.retrieval.generation.GenerationRow;

/** A generation and how far it is. */
public record IndexStatus(GenerationRow row, Counts counts) {
    /**
     * What there is and what a generation has of it; all 0 for one that was dropped.
     *
     * @param documents that are ready
     * @param cut those of them that have passages of its cut
     * @param passages of its cut
     * @param embedded those of them that have a vector
     */
    public record Counts(long documents, long cut, long passages, long embedded) {
        static final Counts NONE = new Counts(0, 0, 0, 0);
    }
}
