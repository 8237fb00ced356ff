package org.cartulary.compliance.rights;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.policy.Policy;
import org.cartulary.compliance.policy.PolicyChange;
import org.cartulary.compliance.policy.Statement;
import org.cartulary.compliance.policy.Statements;
import org.jdbi.v3.core.Handle;

/**
 * Which collections are granted to whom, and who is cleared to which level. Collections are opaque ids here. Runs in the
 * callers' transactions; thread-safe.
 */
public final class Grants {
    static final String COLLECTION = "collection:";
    static final String CLEARANCE = "clearance:";
    private static final String CLEARED = "cleared";

    private final Policy policy;

    public Grants(Policy policy) {
        this.policy = policy;
    }

    /** Grants a collection to a principal or a group. */
    public PolicyChange grant(Handle handle, Principal by, UUID collection, Permission permission, Principal to) {
        return policy.begin(handle, by, statement(collection, permission, to));
    }

    /** Takes a grant back; what somebody has by a group or by a wider grant stays. */
    public PolicyChange revoke(Handle handle, Principal by, UUID collection, Permission permission, Principal from) {
        return policy.end(handle, by, statement(collection, permission, from));
    }

    /** Takes every grant of a collection back, because the collection is gone. */
    public PolicyChange revokeAll(Handle handle, Principal by, UUID collection) {
        return policy.change(
                handle,
                by,
                Map.of("act", "end-all", "object", object(collection)),
                (open, version) -> Statements.endAll(open, object(collection), version) > 0);
    }

    /** Clears a principal or a group for documents up to a level. */
    public PolicyChange clear(Handle handle, Principal by, int level, Principal to) {
        return policy.begin(handle, by, new Statement(CLEARANCE + level, CLEARED, to.id()));
    }

    /** Takes a clearance back; what somebody has by a group or by default stays. */
    public PolicyChange unclear(Handle handle, Principal by, int level, Principal from) {
        return policy.end(handle, by, new Statement(CLEARANCE + level, CLEARED, from.id()));
    }

    /** Who is cleared for documents up to a level in his own name, as of a version; not those cleared for a higher one. */
    public static List<Principal> cleared(Handle handle, int level, long version) {
        return Statements.ofObject(handle, CLEARANCE + level, version).stream()
                .filter(statement -> statement.relation().equals(CLEARED))
                .map(statement -> new Principal(statement.subject()))
                .toList();
    }

    /** A permission that somebody has in his own name. */
    public record Grant(Permission permission, Principal to) {}

    /** The grants of a collection as of a version. */
    public static List<Grant> of(Handle handle, UUID collection, long version) {
        return Statements.ofObject(handle, object(collection), version).stream()
                .flatMap(statement -> Permission.named(statement.relation())
                        .map(permission -> new Grant(permission, new Principal(statement.subject())))
                        .stream())
                .toList();
    }

    static String object(UUID collection) {
        return COLLECTION + collection;
    }

    private static Statement statement(UUID collection, Permission permission, Principal subject) {
        return new Statement(object(collection), permission.wireName(), subject.id());
    }
}
