package org.cartulary.compliance.evidence;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.cartulary.compliance.canonical.CanonicalJson;

/**
 * What may stand in clear in a leaf, by type, and in which form. The forms leave no room for names, questions or
 * references to a case; docs/leaf-schema.md is the same list for readers.
 */
final class LeafSchema {
    private static final Set<String> OUTCOME = Set.of("generation", "model", "noted", "policyVersion", "reason");
    private static final Set<String> DOCUMENT = Set.of("document", "collection", "generation");

    private static final Set<Object> ACTS = Set.of("ask", "search", "open", "chat-completions", "embeddings", "rerank");
    private static final Predicate<Object> ORIGIN = matches("[A-Za-z0-9._/-]{1,128}");
    private static final Predicate<Object> CODE = matches("[a-z][a-z0-9-]{0,63}");

    private static final Map<String, Predicate<Object>> FORMS = Map.ofEntries(
            entry("act", ACTS::contains),
            entry("certificate", matches("[0-9a-f]{64}")),
            entry("collection", LeafSchema::isUuid),
            entry("databaseOrigin", ORIGIN),
            entry("databaseSize", LeafSchema::isCount),
            entry("document", LeafSchema::isUuid),
            entry("filterDigest", matches("[0-9a-f]{64}")),
            entry("generation", matches("[A-Za-z0-9._:+/@-]{1,128}")),
            entry("hits", LeafSchema::isCount),
            entry("kind", CODE),
            entry("model", matches("[0-9a-f]{64}")),
            entry("noted", matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z")),
            entry("open", LeafSchema::areNumbers),
            entry("policyVersion", LeafSchema::isCount),
            entry("predecessor", ORIGIN),
            entry("reason", CODE),
            entry("root", matches("[A-Za-z0-9+/]{43}=")),
            entry("size", LeafSchema::isCount),
            entry("successor", ORIGIN),
            entry("successorCosigningKey", matches("[A-Za-z0-9._/-]{1,128}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{1751}=")),
            entry("successorKey", matches("[A-Za-z0-9._/-]{1,128}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{44}")),
            entry("version", matches("[A-Za-z0-9.+-]{1,64}")));

    private static final Pattern SEALED_NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9]{0,31}");

    private LeafSchema() {}

    static Set<String> clearFields(EntryType type) {
        return switch (type) {
            case ASKED -> Set.of("act", "noted");
            case RETRIEVED -> Set.of("policyVersion", "filterDigest", "generation", "model", "noted", "hits");
            case ANSWERED, ABSTAINED, REFUSED, FAILED, CANCELLED, INTERRUPTED -> OUTCOME;
            case DOCUMENT_ADDED, DOCUMENT_REPLACED, DOCUMENT_DELETED, DOCUMENT_DESCRIBED, DELETION_PROVED -> DOCUMENT;
            case RIGHTS_CHANGED -> Set.of("policyVersion");
            case ACT_REQUESTED, ACT_EXECUTED, ACT_REJECTED, ACT_WITHDRAWN, ACT_EXPIRED -> Set.of("kind");
            case EMERGENCY_OPENED, EMERGENCY_CLOSED, EMERGENCY_REVIEWED -> Set.of("collection");
            case CHECKPOINT_WITNESSED, PAYLOADS_DESTROYED -> Set.of("size");
            case SHARD_DESTROYED -> Set.of("predecessor", "size");
            case SHARD_OPENED -> Set.of("predecessor", "size", "root", "open", "certificate");
            case SHARD_CLOSED -> Set.of("successor", "successorKey", "successorCosigningKey");
            case RESTORED -> Set.of("predecessor", "size", "root", "databaseOrigin", "databaseSize");
            case KEY_CHANGED -> Set.of("certificate");
            case STARTED, STOPPED -> Set.of("version");
            case SIGNED_IN, SIGN_IN_REFUSED, SIGNED_OUT -> Set.of("noted");
            case ACCOUNT_CHANGED,
                    CONFIGURATION_CHANGED,
                    EVIDENCE_EXPORTED,
                    EVIDENCE_VIEWED,
                    EVIDENCE_REVIEWED,
                    HEARTBEAT,
                    HOLD_PLACED,
                    HOLD_RELEASED -> Set.of();
        };
    }

    /** Throws {@link IllegalArgumentException}, which names the field, where a draft breaks the schema. */
    static void require(EntryDraft draft) {
        if (draft.number() < 1 || draft.number() > CanonicalJson.MAX_INTEGER) {
            throw new IllegalArgumentException("An entry's number is 1 to 2^53 - 1, but was " + draft.number());
        }
        Set<String> allowed = clearFields(draft.type());
        draft.clear().forEach((name, value) -> requireClear(draft.type(), allowed, name, value));
        for (String name : draft.sealed().keySet()) {
            if (!SEALED_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "A sealed field's name has 1 to 32 letters and digits, but was \"" + name + "\"");
            }
        }
    }

    private static void requireClear(EntryType type, Set<String> allowed, String name, Object value) {
        Predicate<Object> form = FORMS.get(name);
        if (form == null || !allowed.contains(name)) {
            throw new IllegalArgumentException("The leaf schema lets no field \"" + name + "\" stand in clear in "
                    + type.wireName() + ": seal it, or add it to docs/leaf-schema.md first");
        }
        if (!form.test(value)) {
            throw new IllegalArgumentException("The field \"" + name + "\" of " + type.wireName()
                    + " has not the form that the leaf schema gives it");
        }
    }

    private static Predicate<Object> matches(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return value -> value instanceof String text && pattern.matcher(text).matches();
    }

    private static boolean isUuid(Object value) {
        return matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").test(value);
    }

    private static boolean areNumbers(Object value) {
        return value instanceof List<?> numbers && numbers.stream().allMatch(LeafSchema::isCount);
    }

    private static boolean isCount(Object value) {
        return value instanceof Long number && number >= 0 && number <= CanonicalJson.MAX_INTEGER;
    }
}
