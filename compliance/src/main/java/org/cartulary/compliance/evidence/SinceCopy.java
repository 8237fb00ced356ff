package org.cartulary.compliance.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What happened since a copy of the database was made, as far as leaves say it in clear. For one thread. */
final class SinceCopy {
    /** What such an entry changed, only its payload said. */
    private static final Set<EntryType> CHANGES = EnumSet.of(
            EntryType.RIGHTS_CHANGED,
            EntryType.ACCOUNT_CHANGED,
            EntryType.KEY_CHANGED,
            EntryType.HOLD_PLACED,
            EntryType.HOLD_RELEASED,
            EntryType.ACT_EXECUTED,
            EntryType.EMERGENCY_OPENED,
            EntryType.CONFIGURATION_CHANGED,
            EntryType.DOCUMENT_DESCRIBED);

    private final Map<UUID, RestorePlan.LostDocument> added = new LinkedHashMap<>();
    private final Set<UUID> deleted = new LinkedHashSet<>();
    private final List<RestorePlan.LostChange> changes = new ArrayList<>();
    private final List<Decided> decided = new ArrayList<>();
    private final List<String> destroyedShards = new ArrayList<>();
    private long entries;
    private long payloads;
    private long lastNumber;
    private long lastPolicyVersion;

    /** An act that was decided, or an emergency that was closed. */
    record Decided(EntryType type, long number, Instant at, int shard, String actor) {}

    /**
     * Takes an entry in its order.
     *
     * @param lost whether its payload is lost, if it had one
     */
    void take(JsonNode leaf, EntryType type, int shard, boolean lost) {
        long number = leaf.path("number").asLong();
        Instant at = Instant.parse(leaf.path("time").asText());
        entries++;
        payloads += lost ? 1 : 0;
        lastNumber = Math.max(lastNumber, number);
        lastPolicyVersion =
                Math.max(lastPolicyVersion, leaf.path("policyVersion").asLong());
        if (lost && CHANGES.contains(type)) {
            changes.add(new RestorePlan.LostChange(type, number, at));
        }
        switch (type) {
            case DOCUMENT_ADDED, DOCUMENT_REPLACED -> {
                UUID document = UUID.fromString(leaf.path("document").asText());
                UUID collection = UUID.fromString(leaf.path("collection").asText());
                added.put(document, new RestorePlan.LostDocument(document, collection, at));
            }
            case DOCUMENT_DELETED -> {
                UUID document = UUID.fromString(leaf.path("document").asText());
                added.remove(document);
                deleted.add(document);
            }
            case SHARD_DESTROYED -> destroyedShards.add(leaf.path("predecessor").asText());
            case ACT_EXECUTED, ACT_REJECTED, ACT_WITHDRAWN, ACT_EXPIRED, EMERGENCY_CLOSED ->
                decided.add(
                        new Decided(type, number, at, shard, leaf.path("actor").asText()));
            default -> {
                // What the others did is theirs, or lost with their payloads.
            }
        }
    }

    long entries() {
        return entries;
    }

    long payloads() {
        return payloads;
    }

    long lastNumber() {
        return lastNumber;
    }

    long lastPolicyVersion() {
        return lastPolicyVersion;
    }

    List<RestorePlan.LostDocument> documentsLost() {
        return List.copyOf(added.values());
    }

    List<UUID> documentsDeleted() {
        return List.copyOf(deleted);
    }

    List<RestorePlan.LostChange> changesLost() {
        return changes;
    }

    List<Decided> decided() {
        return decided;
    }

    /** Origins. */
    List<String> destroyedShards() {
        return destroyedShards;
    }
}
