package org.cartulary.compliance.evidence;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.keys.DataKeys;
import org.jdbi.v3.core.Handle;

/**
 * Does again in an older copy what was done since, where leaves or missing keys say it: what was destroyed stays destroyed, what
 * was decided is not decided again, and no number is given twice. In the caller's transaction.
 */
final class Replays {
    /** Entries that were never published had numbers too, and somebody may have seen them. */
    private static final long NUMBERS_PASSED_OVER = 100_000;

    private static final int BATCH = 1_000;

    private final Handle handle;
    private final DataKeys keys;
    private final Clock clock;

    Replays(Handle handle, DataKeys keys, Clock clock) {
        this.handle = handle;
        this.keys = keys;
        this.clock = clock;
    }

    /** Empties payloads whose keys are gone; returns how many. */
    long emptyPayloads() {
        List<Long> gone = handle
                .createQuery("""
                        SELECT id, key_id FROM compliance.entry
                        WHERE key_id >= 0 AND octet_length(payload) > 0 ORDER BY id""")
                .setFetchSize(BATCH)
                .map((row, context) -> Map.entry(row.getLong("id"), row.getLong("key_id")))
                .stream()
                .filter(entry -> keys.find(entry.getValue()).isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        for (int from = 0; from < gone.size(); from += BATCH) {
            Disposal.empty(handle, gone.subList(from, Math.min(from + BATCH, gone.size())));
        }
        return gone.size();
    }

    /** Destroys the closed ones of some shards; returns their names. */
    List<String> destroyShards(List<Shard> shards, List<String> origins) {
        List<String> names = new ArrayList<>();
        shards.stream().filter(shard -> origins.contains(shard.origin())).forEach(shard -> {
            Disposal.destroy(handle, shard, clock);
            names.add(shard.name());
        });
        return names;
    }

    /** Acts that wait in the copy and were decided since, and emergencies that were closed. */
    void decide(List<SinceCopy.Decided> decided, List<OpenedShard> shards) {
        Set<String> identities = handle.createQuery("SELECT id FROM compliance.identity")
                .mapTo(String.class)
                .set();
        for (SinceCopy.Decided one : decided) {
            if (one.type() == EntryType.EMERGENCY_CLOSED) {
                close(one);
            } else {
                decide(one, actor(one, shards, identities));
            }
        }
    }

    private void close(SinceCopy.Decided emergency) {
        handle.createUpdate("UPDATE compliance.emergency SET ends_at = greatest(opened_at, least(ends_at, :at))"
                        + " WHERE number = :number")
                .bind("at", emergency.at().atOffset(ZoneOffset.UTC))
                .bind("number", emergency.number())
                .execute();
    }

    private void decide(SinceCopy.Decided act, String by) {
        handle.createUpdate("UPDATE compliance.act SET state = :state, decided_by = :by, decided_at = :at"
                        + " WHERE number = :number AND state = 'requested'")
                .bind("state", act.type().wireName().replaceFirst("act-", ""))
                .bind("by", by)
                .bind("at", act.at().atOffset(ZoneOffset.UTC))
                .bind("number", act.number())
                .execute();
    }

    private static String actor(SinceCopy.Decided act, List<OpenedShard> shards, Set<String> identities) {
        return shards.stream()
                .filter(shard -> shard.id() == act.shard())
                .flatMap(shard -> identities.stream()
                        .filter(id -> shard.pseudonyms().of(new Principal(id)).equals(act.actor())))
                .findFirst()
                .orElse(Principal.CONSOLE.id());
    }

    /** The rights of the copy get a version that no answer names. */
    void passOverPolicyVersions(long last) {
        int passed = handle.createUpdate("UPDATE compliance.policy SET version = :last + 1 WHERE version <= :last")
                .bind("last", last)
                .execute();
        if (passed == 1) {
            handle.createUpdate("""
                            INSERT INTO compliance.policy_version (version, began_at)
                            VALUES (:last + 1, greatest(:now, (SELECT max(began_at) FROM compliance.policy_version)))""")
                    .bind("last", last)
                    .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .execute();
        }
    }

    /** Not undone with the transaction, which does no harm: numbers may go unused. */
    void passOverNumbers(long last) {
        handle.createQuery("SELECT setval('compliance.number',"
                        + " greatest((SELECT last_value FROM compliance.number), :last) + :more)")
                .bind("last", last)
                .bind("more", NUMBERS_PASSED_OVER)
                .mapTo(Long.class)
                .one();
    }
}
