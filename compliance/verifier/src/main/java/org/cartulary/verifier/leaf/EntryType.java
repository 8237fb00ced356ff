package org.cartulary.verifier.leaf;

import static org.cartulary.verifier.leaf.ClearField.ACT;
import static org.cartulary.verifier.leaf.ClearField.CERTIFICATE;
import static org.cartulary.verifier.leaf.ClearField.COLLECTION;
import static org.cartulary.verifier.leaf.ClearField.DATABASE_ORIGIN;
import static org.cartulary.verifier.leaf.ClearField.DATABASE_SIZE;
import static org.cartulary.verifier.leaf.ClearField.DOCUMENT;
import static org.cartulary.verifier.leaf.ClearField.FILTER_DIGEST;
import static org.cartulary.verifier.leaf.ClearField.GENERATION;
import static org.cartulary.verifier.leaf.ClearField.HITS;
import static org.cartulary.verifier.leaf.ClearField.KIND;
import static org.cartulary.verifier.leaf.ClearField.MODEL;
import static org.cartulary.verifier.leaf.ClearField.NOTED;
import static org.cartulary.verifier.leaf.ClearField.OPEN;
import static org.cartulary.verifier.leaf.ClearField.POLICY_VERSION;
import static org.cartulary.verifier.leaf.ClearField.PREDECESSOR;
import static org.cartulary.verifier.leaf.ClearField.REASON;
import static org.cartulary.verifier.leaf.ClearField.ROOT;
import static org.cartulary.verifier.leaf.ClearField.SIZE;
import static org.cartulary.verifier.leaf.ClearField.SUCCESSOR;
import static org.cartulary.verifier.leaf.ClearField.SUCCESSOR_COSIGNING_KEY;
import static org.cartulary.verifier.leaf.ClearField.SUCCESSOR_KEY;
import static org.cartulary.verifier.leaf.ClearField.VERSION;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an entry of the log records, its part in a question, and which fields may stand in clear in its leaf. */
public enum EntryType {
    ASKED(Part.OPENS, ACT, NOTED),
    RETRIEVED(Part.CONTINUES, POLICY_VERSION, FILTER_DIGEST, GENERATION, MODEL, NOTED, HITS),
    ANSWERED(Part.CLOSES, GENERATION, MODEL, NOTED, POLICY_VERSION, REASON),
    ABSTAINED(Part.CLOSES, GENERATION, MODEL, NOTED, POLICY_VERSION, REASON),
    REFUSED(Part.CLOSES, GENERATION, MODEL, NOTED, POLICY_VERSION, REASON),
    FAILED(Part.CLOSES, GENERATION, MODEL, NOTED, POLICY_VERSION, REASON),
    CANCELLED(Part.CLOSES, GENERATION, MODEL, NOTED, POLICY_VERSION, REASON),
    INTERRUPTED(Part.CLOSES, GENERATION, MODEL, NOTED, POLICY_VERSION, REASON),
    DOCUMENT_ADDED(Part.NONE, DOCUMENT, COLLECTION, GENERATION),
    DOCUMENT_REPLACED(Part.NONE, DOCUMENT, COLLECTION, GENERATION),
    DOCUMENT_DELETED(Part.NONE, DOCUMENT, COLLECTION, GENERATION),
    DOCUMENT_DESCRIBED(Part.NONE, DOCUMENT, COLLECTION, GENERATION),
    RIGHTS_CHANGED(Part.NONE, POLICY_VERSION),
    ACT_REQUESTED(Part.NONE, KIND),
    ACT_EXECUTED(Part.NONE, KIND),
    ACT_REJECTED(Part.NONE, KIND),
    ACT_WITHDRAWN(Part.NONE, KIND),
    ACT_EXPIRED(Part.NONE, KIND),
    EMERGENCY_OPENED(Part.NONE, COLLECTION),
    EMERGENCY_CLOSED(Part.NONE, COLLECTION),
    EMERGENCY_REVIEWED(Part.NONE, COLLECTION),
    ACCOUNT_CHANGED(Part.NONE),
    SIGNED_IN(Part.NONE, NOTED),
    SIGN_IN_REFUSED(Part.NONE, NOTED),
    SIGNED_OUT(Part.NONE, NOTED),
    CONFIGURATION_CHANGED(Part.NONE),
    KEY_CHANGED(Part.NONE, CERTIFICATE),
    EVIDENCE_EXPORTED(Part.NONE),
    EVIDENCE_VIEWED(Part.NONE),
    EVIDENCE_REVIEWED(Part.NONE),
    HEARTBEAT(Part.NONE),
    DELETION_PROVED(Part.NONE, DOCUMENT, COLLECTION, GENERATION),
    HOLD_PLACED(Part.NONE),
    HOLD_RELEASED(Part.NONE),
    PAYLOADS_DESTROYED(Part.NONE, SIZE),
    SHARD_DESTROYED(Part.NONE, PREDECESSOR, SIZE),
    CHECKPOINT_WITNESSED(Part.NONE, SIZE),
    SHARD_OPENED(Part.NONE, PREDECESSOR, SIZE, ROOT, OPEN, CERTIFICATE),
    SHARD_CLOSED(Part.NONE, SUCCESSOR, SUCCESSOR_KEY, SUCCESSOR_COSIGNING_KEY),
    RESTORED(Part.NONE, PREDECESSOR, SIZE, ROOT, DATABASE_ORIGIN, DATABASE_SIZE),
    STARTED(Part.NONE, VERSION),
    STOPPED(Part.NONE, VERSION);

    /** What an entry does to the question that its number identifies. */
    enum Part {
        OPENS,
        CONTINUES,
        CLOSES,
        NONE
    }

    private static final Map<String, EntryType> BY_WIRE_NAME = new HashMap<>();

    static {
        for (EntryType type : values()) {
            BY_WIRE_NAME.put(type.wireName, type);
        }
    }

    private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final Part part;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of makes an immutable set
    private final Set<ClearField> clearFields;

    EntryType(Part part, ClearField... clearFields) {
        this.part = part;
        this.clearFields = Set.of(clearFields);
    }

    static @Nullable EntryType named(String wireName) {
        return BY_WIRE_NAME.get(wireName);
    }

    /** The name in leaves, for example {@code document-added}. */
    public String wireName() {
        return wireName;
    }

    Part part() {
        return part;
    }

    boolean allows(ClearField field) {
        return clearFields.contains(field);
    }
}
