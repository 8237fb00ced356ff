package org.cartulary.compliance.evidence;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What an older copy of the database lacks, by what the published log says in clear.
 *
 * @param database where the copy ends
 * @param published the last published checkpoint
 * @param entries that come back
 * @param payloads of them that sealed something, which is lost
 * @param documentsLost added since the copy and not deleted again
 * @param documentsDeleted since the copy
 * @param changesLost of rights, accounts, keys, holds and acts: what they were, only the lost payloads said
 * @param openQuestions that get no end but {@code interrupted}
 * @param payloadsDestroyed of entries that the copy has, whose keys were destroyed since
 * @param shardsDestroyed since the copy, by name
 */
public record RestorePlan(
        End database,
        End published,
        long entries,
        long payloads,
        List<LostDocument> documentsLost,
        List<UUID> documentsDeleted,
        List<LostChange> changesLost,
        List<Long> openQuestions,
        long payloadsDestroyed,
        List<String> shardsDestroyed) {
    public RestorePlan {
        documentsLost = List.copyOf(documentsLost);
        documentsDeleted = List.copyOf(documentsDeleted);
        changesLost = List.copyOf(changesLost);
        openQuestions = List.copyOf(openQuestions);
        shardsDestroyed = List.copyOf(shardsDestroyed);
    }

    /** So many entries of the shard of an origin. */
    public record End(String origin, long size) {}

    /** A document that the log has and the copy does not. */
    public record LostDocument(UUID document, UUID collection, Instant addedAt) {}

    /** A change of which the log still says that it was made, and nobody knows any more what it was. */
    public record LostChange(EntryType type, long number, Instant at) {}

    /** Whether a key was given, replaced or revoked since, whichever. */
    public boolean anyKeyChanged() {
        return changesLost.stream().anyMatch(change -> change.type() == EntryType.KEY_CHANGED);
    }
}
