package org.cartulary.compliance.evidence;

import java.util.Locale;

/** What an entry records. The wire name, such as {@code document-added}, stands in the leaf and never changes. */
public enum EntryType {
    ASKED,
    RETRIEVED,
    ANSWERED,
    ABSTAINED,
    REFUSED,
    FAILED,
    CANCELLED,
    INTERRUPTED,
    DOCUMENT_ADDED,
    DOCUMENT_REPLACED,
    DOCUMENT_DELETED,
    DOCUMENT_DESCRIBED,
    RIGHTS_CHANGED,
    ACT_REQUESTED,
    ACT_EXECUTED,
    ACT_REJECTED,
    ACT_WITHDRAWN,
    ACT_EXPIRED,
    EMERGENCY_OPENED,
    EMERGENCY_CLOSED,
    EMERGENCY_REVIEWED,
    ACCOUNT_CHANGED,
    SIGNED_IN,
    SIGN_IN_REFUSED,
    SIGNED_OUT,
    CONFIGURATION_CHANGED,
    KEY_CHANGED,
    EVIDENCE_EXPORTED,
    EVIDENCE_VIEWED,
    EVIDENCE_REVIEWED,
    HEARTBEAT,
    DELETION_PROVED,
    HOLD_PLACED,
    HOLD_RELEASED,
    PAYLOADS_DESTROYED,
    SHARD_DESTROYED,
    CHECKPOINT_WITNESSED,
    SHARD_OPENED,
    SHARD_CLOSED,
    RESTORED,
    STARTED,
    STOPPED;

    private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

    public String wireName() {
        return wireName;
    }

    /** Whether an entry of this type ends a question: exactly one such entry follows each {@link #ASKED}. */
    public boolean endsQuestion() {
        return switch (this) {
            case ANSWERED, ABSTAINED, REFUSED, FAILED, CANCELLED, INTERRUPTED -> true;
            default -> false;
        };
    }

    /** Whether an entry of this type shares its number with the {@link #ASKED} that came before it. */
    boolean followsAsked() {
        return this == RETRIEVED || endsQuestion();
    }

    /** Throws {@link IllegalArgumentException} where there is none of this name. */
    public static EntryType ofWireName(String name) {
        for (EntryType type : values()) {
            if (type.wireName.equals(name)) {
                return type;
            }
        }
        throw new IllegalArgumentException("No entry type is called \"" + name + "\"");
    }
}
