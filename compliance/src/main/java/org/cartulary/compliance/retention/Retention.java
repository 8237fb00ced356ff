package org.cartulary.compliance.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
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
    private static final int MOST_COUNTED = 10_000;

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

    /**
     * What a rule would dispose of now.
     *
     * @param count of payloads or, for shards, of shards
     * @param more whether there are more than were counted
     */
    public record DueNow(RetentionRule rule, int count, boolean more) {}

    /** What is due by each rule and not held, up to {@value #MOST_COUNTED} of each; nothing is touched. */
    public List<DueNow> due() {
        return jdbi.inTransaction(handle -> {
            List<RetentionRule> rules = RetentionRule.all(handle);
            return rules.stream().map(rule -> due(handle, rule, rules)).toList();
        });
    }

    private DueNow due(Handle handle, RetentionRule rule, List<RetentionRule> rules) {
        if (isAllHeld(handle)) {
            return new DueNow(rule, 0, false);
        }
        Exempt exempt = exempt(handle);
        if (rule.of() == RetentionClass.SHARDS) {
            long shards = closedLongEnough(rule)
                    .filter(shard -> !disposal.isHeld(handle, shard, exempt))
                    .count();
            return new DueNow(rule, (int) shards, false);
        }
        int count = disposal.count(handle, due(rule, rules), exempt, MOST_COUNTED + 1);
        return new DueNow(rule, Math.min(count, MOST_COUNTED), count > MOST_COUNTED);
    }

    private Due due(RetentionRule rule, List<RetentionRule> rules) {
        List<String> except = !rule.collection().isEmpty()
                ? List.of()
                : rules.stream()
                        .filter(other -> other.of() == rule.of())
                        .map(RetentionRule::collection)
                        .filter(collection -> !collection.isEmpty())
                        .toList();
        List<EntryType> types =
                Arrays.stream(rule.of().types()).map(EntryType::ofWireName).toList();
        return new Due(types, before(rule), rule.collection(), except);
    }

    private Instant before(RetentionRule rule) {
        return clock.instant().minus(Duration.ofDays(rule.days()));
    }

    private Stream<Shard> closedLongEnough(RetentionRule rule) {
        Instant before = before(rule);
        return log.shards().stream()
                .filter(shard -> shard.closedAt() != null && shard.closedAt().isBefore(before));
    }

    private long payloads(RetentionRule rule, List<RetentionRule> rules) {
        Due due = due(rule, rules);
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
        List<String> gone = closedLongEnough(rule)
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
