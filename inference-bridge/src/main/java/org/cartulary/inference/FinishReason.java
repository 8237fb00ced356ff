package org.cartulary.inference;

/** Why an answer ended. */
public enum FinishReason {
    /** The model ended it, or a stop text appeared. */
    STOP,
    /** The token budget was spent. */
    LENGTH,
    /** The deadline passed. */
    DEADLINE,
    /** The caller closed the stream. */
    CANCELLED
}
