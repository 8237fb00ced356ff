package org.cartulary.verifier.report;

/** How a check ended. A check that was not reached, because one before it failed, did not hold. */
public enum Status {
    HELD,
    FAILED,
    NOT_CHECKED
}
