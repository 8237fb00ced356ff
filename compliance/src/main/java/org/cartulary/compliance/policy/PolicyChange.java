package org.cartulary.compliance.policy;

/** What became of a change of policy. */
public sealed interface PolicyChange {
    /** It counts from the commit on. */
    record Made(long version) implements PolicyChange {}

    /** It was so before; there is no new version and no entry. */
    record Unchanged() implements PolicyChange {}

    /**
     * Nothing was changed.
     *
     * @param code one word for the reason
     * @param message a sentence with the remedy
     */
    record Refused(String code, String message) implements PolicyChange {}
}
