package org.cartulary.compliance.rights;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identities;
import org.cartulary.compliance.policy.Policy;
import org.cartulary.compliance.policy.Statements;
import org.jdbi.v3.core.Handle;

/**
 * What somebody may do with collections and documents, now or on a day before, compiled from the statements that count.
 * Runs in the callers' transactions, and so from their snapshot; thread-safe.
 */
public final class Rights {
    private final Clock clock;

    public Rights(Clock clock) {
        this.clock = clock;
    }

    /** What a principal may read now. */
    public ReadFilter filter(Handle handle, Principal principal) {
        return filter(handle, principal, Policy.version(handle), clock.instant());
    }

    /**
     * What a principal could read at a time.
     *
     * @param version the one that counted then, of {@link Policy#versionAt}
     */
    public ReadFilter filter(Handle handle, Principal principal, long version, Instant time) {
        Compiler compiler = new Compiler(standing(handle, principal, version, time));
        return compiler.filter(Markings.ofCollections(handle, compiler.readable()));
    }

    /** Collections for which a principal has a permission now, by a wider one too. */
    public SortedSet<UUID> collections(Handle handle, Principal principal, Permission permission) {
        return new Compiler(standing(handle, principal, Policy.version(handle), clock.instant())).with(permission);
    }

    /** Whether a principal has a permission for a collection now. */
    public boolean may(Handle handle, Principal principal, Permission permission, UUID collection) {
        return collections(handle, principal, permission).contains(collection);
    }

    /** Why a principal may or may not see what bears a marking, as of a version and a time. */
    public Why why(Handle handle, Principal principal, Marking marking, long version, Instant time) {
        return Why.of(handle, principal, marking, version, time);
    }

    /** All that counts for a principal, as of a version and a time. */
    static Standing standing(Handle handle, Principal principal, long version, Instant time) {
        SortedSet<String> subjects = Statements.subjectsOf(handle, principal.id(), version);
        SortedMap<UUID, Label> labels = new TreeMap<>();
        Labels.list(handle).forEach(label -> labels.put(label.id(), label));
        return new Standing(
                version,
                Identities.isDisabled(handle, principal, version),
                subjects,
                Statements.ofSubjects(handle, subjects, version),
                Levels.of(handle, version),
                labels,
                opened(handle, principal, time));
    }

    /** Collections that a principal has opened in an emergency that is not over at a time. */
    private static SortedSet<UUID> opened(Handle handle, Principal principal, Instant time) {
        return new TreeSet<>(handle.createQuery("""
                        SELECT collection FROM compliance.emergency
                        WHERE principal = :principal AND opened_at <= :time AND ends_at > :time""")
                .bind("principal", principal.id())
                .bind("time", time.atOffset(ZoneOffset.UTC))
                .mapTo(UUID.class)
                .set());
    }
}
