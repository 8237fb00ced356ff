package org.cartulary.retrieval.evaluation;

/**
 * A question as it was asked once.
 *
 * @param setting what was there to answer from
 */
public record AnswerTrial(AnswerKey key, Setting setting, ObservedAnswer observed) {
    /** What was there to answer from. */
    public enum Setting {
        /** All documents, and some hold the answer. */
        WITH_SOURCE,
        /** The documents that hold the answer, and their paraphrases, were passed over. */
        WITHOUT_SOURCE,
        /** All documents, and none holds the answer. */
        UNANSWERABLE
    }

    boolean answered() {
        return !observed.abstained();
    }
}
