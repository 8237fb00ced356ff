package org.cartulary.retrieval.catalog;

/** Whether a document can be found. */
public enum DocumentState {
    /** In both indexes, or about to be. */
    READY,
    /** Kept with the reason, so that a person can mend and retry it; in no index. */
    FAILED
}
