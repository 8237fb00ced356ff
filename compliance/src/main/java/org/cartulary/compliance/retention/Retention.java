package org.cartulary.compliance.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cartulary.compliance.canonical.CanonicalJson;
import org.cartulary.compliance.evidence.Disposal;
import org.cartulary.compliance.evidence.Due;
import org.cartulary.compliance.evidence.EntryDraft;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.evidence.Exempt;
import org.cartulary.compliance.evidence.Shard;
import org.cartulary.compliance.identity.Principal;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Disposes of what the rules say is due and no hold keeps: first the payloads of entries, by destroying their keys, then whole
 * shards. Each disposal is an entry itself. Thread-safe; one call at a time does the work.
 */
public final class Retention {
    private final Jdbi jdbi;
    private final EvidenceLog log;
    private final Clock clock;
    private final Disposal disposal;

    public Retention(Jdbi jdbi, EvidenceLog log, Clock clock) {
        this.jdbi = jdbi;
        this.log = log;
        this.clock = clock;
        this.disposal = log.disposal();
    }

    /**
     * What went.
     *
     * @param payloads of entries
     * @param shards by their names
     */
    public record Disposed(long payloads, List<String> shards) {}

    /** Disposes of everything that is due now, and finishes what a crash interrupted. */
    public synchronized Disposed dispose() {
        disposal.destroyKeys();
        disposal.finishShards();
        List<RetentionRule> rules = jdbi.withHandle(RetentionRule::all);
        long payloads = 0;
        for (RetentionRule rule : rules) {
            if (rule.of() != RetentionClass.SHARDS) {
                payloads += payloads(rule, rules);
            }
        }
        List<String> shards = rules.stream()
                .filter(rule -> rule.of() == RetentionClass.SHARDS)
                .flatMap(rule -> shards(rule).stream())
                .toList();
        return new Disposed(payloads, shards);
    }

    private long payloads(RetentionRule rule, List<RetentionRule> rules) {
        List<String> except = !rule.collection().isEmpty()
                ? List.of()
                : rules.stream()
                        .filter(other -> other.of() == rule.of())
                        .map(RetentionRule::collection)
                        .filter(collection -> !collection.isEmpty())
                        .toList();
        Instant before = clock.instant().minus(Duration.ofDays(rule.days()));
        List<EntryType> types =
                Arrays.stream(rule.of().types()).map(EntryType::ofWireName).toList();
        Due due = new Due(types, before, rule.collection(), except);
        long all = 0;
        int batch;
        do {
            batch = jdbi.inTransaction(handle -> payloads(handle, rule, due));
            disposal.destroyKeys();
            all += batch;
        } while (Disposal.isFull(batch));
        return all;
    }

    private int payloads(Handle handle, RetentionRule rule, Due due) {
        if (isAllHeld(handle)) {
            return 0;
        }
        int count = disposal.payloads(handle, due, exempt(handle));
        if (count > 0) {
            Map<String, Object> sealed = Map.of(
                    "class",
                    rule.of().wireName(),
                    "collection",
                    rule.collection(),
                    "days",
                    rule.days(),
                    "before",
                    CanonicalJson.time(due.before()));
            append(handle, EntryType.PAYLOADS_DESTROYED, Map.of("size", (long) count), sealed);
        }
        return count;
    }

    private List<String> shards(RetentionRule rule) {
        Instant before = clock.instant().minus(Duration.ofDays(rule.days()));
        List<String> gone = log.shards().stream()
                .filter(shard -> shard.closedAt() != null && shard.closedAt().isBefore(before))
                .filter(shard -> jdbi.inTransaction(handle -> shard(handle, shard)))
                .map(Shard::name)
                .toList();
        if (!gone.isEmpty()) {
            disposal.destroyKeys();
            disposal.finishShards();
        }
        return gone;
    }

    private boolean shard(Handle handle, Shard shard) {
        if (isAllHeld(handle)) {
            return false;
        }
        long size = log.published(shard.name()).checkpoint().size();
        boolean gone = disposal.shard(handle, shard, exempt(handle));
        if (gone) {
            append(
                    handle,
                    EntryType.SHARD_DESTROYED,
                    Map.of("predecessor", shard.origin(), "size", size),
                    Map.of("name", shard.name()));
        }
        return gone;
    }

    private void append(Handle handle, EntryType type, Map<String, Object> clear, Map<String, Object> sealed) {
        log.append(
                handle,
                new EntryDraft(
                        type, log.nextNumber(handle), Principal.CONSOLE, new TreeMap<>(clear), new TreeMap<>(sealed)));
    }

    private static boolean isAllHeld(Handle handle) {
        return Holds.open(handle).stream().anyMatch(hold -> hold.kind() == Hold.Kind.EVERYTHING);
    }

    private static Exempt exempt(Handle handle) {
        List<Hold> open = Holds.open(handle);
        return new Exempt(
                values(open, Hold.Kind.DOCUMENT),
                values(open, Hold.Kind.COLLECTION),
                values(open, Hold.Kind.REFERENCE),
                values(open, Hold.Kind.QUESTION).stream().map(Long::valueOf).toList());
    }

    private static List<String> values(List<Hold> open, Hold.Kind kind) {
        return open.stream()
                .filter(hold -> hold.kind() == kind)
                .map(Hold::value)
                .toList();
    }
}
