package org.cartulary.compliance.people;

import java.util.List;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.policy.Policy;
import org.cartulary.compliance.policy.PolicyChange;
import org.cartulary.compliance.policy.Statement;
import org.cartulary.compliance.policy.Statements;
import org.jdbi.v3.core.Handle;

/** Who is in which group; groups may be in groups. Runs in the callers' transactions; thread-safe. */
public final class Groups {
    private static final String MEMBER = "member";

    private final Policy policy;

    public Groups(Policy policy) {
        this.policy = policy;
    }

    /** Puts somebody, or a group, into a group. Refused as {@link NestedGroups} says. */
    public PolicyChange add(Handle handle, Principal by, Identity group, Identity member) {
        requireGroup(group);
        if (member.kind() == Identity.Kind.CONSOLE) {
            return new PolicyChange.Refused("console", "The console is in no group: grant it by itself.");
        }
        return policy.begin(
                handle, by, new Statement(group.id().id(), MEMBER, member.id().id()));
    }

    public PolicyChange remove(Handle handle, Principal by, Identity group, Identity member) {
        requireGroup(group);
        return policy.end(
                handle, by, new Statement(group.id().id(), MEMBER, member.id().id()));
    }

    /** Ids of those who are in a group themselves, not by another group. */
    public static List<Principal> members(Handle handle, Identity group, long version) {
        requireGroup(group);
        return Statements.ofObject(handle, group.id().id(), version).stream()
                .filter(statement -> statement.relation().equals(MEMBER))
                .map(statement -> new Principal(statement.subject()))
                .toList();
    }

    private static void requireGroup(Identity group) {
        if (group.kind() != Identity.Kind.GROUP) {
            throw new IllegalArgumentException(group.id().id() + " is no group");
        }
    }
}
