package org.cartulary.compliance.policy;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cartulary.compliance.evidence.EntryDraft;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.jdbi.v3.core.Handle;

/**
 * The versions of the policy. Changes are made one after another, each in its caller's transaction, with an entry in the
 * log; one that would break an invariant is undone and refused. Thread-safe.
 */
public final class Policy {
    private static final String SAVEPOINT = "policy_change";

    private final EvidenceLog log;
    private final Clock clock;
    private final List<Invariant> invariants;

    public Policy(EvidenceLog log, Clock clock, List<Invariant> invariants) {
        this.log = log;
        this.clock = clock;
        this.invariants = List.copyOf(invariants);
    }

    /** Writes what a change is made of. */
    @FunctionalInterface
    public interface Draft {
        /** Writes rows that count from {@code version} on; false where all was so before. */
        boolean write(Handle handle, long version);
    }

    /**
     * Makes a change that counts from the commit of the caller's transaction on. Until then no other is made.
     *
     * @param record what is sealed in the log: act, object, relation and subject, or the like
     * @throws IllegalStateException outside a transaction
     */
    public PolicyChange change(Handle handle, Principal by, Map<String, Object> record, Draft draft) {
        if (!handle.isInTransaction()) {
            throw new IllegalStateException("A change of policy is made in a transaction");
        }
        long before = lock(handle);
        long after = before + 1;
        handle.savepoint(SAVEPOINT);
        if (!draft.write(handle, after)) {
            handle.rollbackToSavepoint(SAVEPOINT);
            return new PolicyChange.Unchanged();
        }
        for (Invariant invariant : invariants) {
            Optional<PolicyChange.Refused> broken = invariant.brokenBy(handle, by, before, after);
            if (broken.isPresent()) {
                handle.rollbackToSavepoint(SAVEPOINT);
                return broken.get();
            }
        }
        handle.releaseSavepoint(SAVEPOINT);
        begin(handle, after);
        SortedMap<String, Object> clear = new TreeMap<>(Map.of("policyVersion", after));
        log.append(
                handle,
                new EntryDraft(EntryType.RIGHTS_CHANGED, log.nextNumber(handle), by, clear, new TreeMap<>(record)));
        return new PolicyChange.Made(after);
    }

    /** Lets a statement count. */
    public PolicyChange begin(Handle handle, Principal by, Statement statement) {
        return change(
                handle, by, record("begin", statement), (open, version) -> Statements.begin(open, statement, version));
    }

    /** Ends a statement. */
    public PolicyChange end(Handle handle, Principal by, Statement statement) {
        return change(
                handle, by, record("end", statement), (open, version) -> Statements.end(open, statement, version));
    }

    private static Map<String, Object> record(String act, Statement statement) {
        return Map.of(
                "act",
                act,
                "object",
                statement.object(),
                "relation",
                statement.relation(),
                "subject",
                statement.subject());
    }

    /** The version that counts now. */
    public static long version(Handle handle) {
        return handle.createQuery("SELECT version FROM compliance.policy")
                .mapTo(Long.class)
                .one();
    }

    /** As {@link #version}, and no change of policy is made until the caller's transaction ends. */
    public static long hold(Handle handle) {
        return handle.createQuery("SELECT version FROM compliance.policy FOR SHARE")
                .mapTo(Long.class)
                .one();
    }

    /** The version that counted at a time; empty before the first. */
    public static Optional<Long> versionAt(Handle handle, Instant time) {
        return handle.createQuery("SELECT max(version) FROM compliance.policy_version WHERE began_at <= :time")
                .bind("time", time.atOffset(ZoneOffset.UTC))
                .mapTo(Long.class)
                .findOne();
    }

    /** When a version began to count; empty where there is no such version. */
    public static Optional<Instant> began(Handle handle, long version) {
        return handle.createQuery("SELECT began_at FROM compliance.policy_version WHERE version = :version")
                .bind("version", version)
                .mapTo(Timestamp.class)
                .findOne()
                .map(Timestamp::toInstant);
    }

    private static long lock(Handle handle) {
        return handle.createQuery("SELECT version FROM compliance.policy FOR UPDATE")
                .mapTo(Long.class)
                .one();
    }

    /** A clock that was set back does not make a version begin before the one before it. */
    private void begin(Handle handle, long version) {
        handle.createUpdate("UPDATE compliance.policy SET version = :version")
                .bind("version", version)
                .execute();
        handle.createUpdate("""
                        INSERT INTO compliance.policy_version (version, began_at)
                        SELECT :version, greatest(CAST(:now AS timestamptz), max(began_at))
                        FROM compliance.policy_version""")
                .bind("version", version)
                .bind("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .execute();
    }
}
