package org.cartulary.compliance.acts;

/** What became of a wish to ask for an act or to decide it. */
public sealed interface ActOutcome {
    /** It was asked for or decided. */
    record Done(ActRequest request) implements ActOutcome {}

    /**
     * Nothing was changed.
     *
     * @param code one word for the reason
     * @param message a sentence with the remedy
     */
    record Refused(String code, String message) implements ActOutcome {}
}
