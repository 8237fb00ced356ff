package org.cartulary.compliance.people;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.policy.Policy;
import org.cartulary.compliance.policy.PolicyChange;
import org.cartulary.compliance.policy.Statement;
import org.cartulary.compliance.policy.Statements;
import org.jdbi.v3.core.Handle;

/** Who holds which role. Runs in the callers' transactions; thread-safe. */
public final class Roles {
    private static final String HOLDER = "holder";

    private final Policy policy;

    public Roles(Policy policy) {
        this.policy = policy;
    }

    /**
     * Gives a role. That of a compliance officer takes two people, see {@link #giveCompliance}.
     *
     * @param to whom; a group may hold reader and curator for its members
     */
    public PolicyChange give(Handle handle, Principal by, Role role, Identity to) {
        if (role == Role.COMPLIANCE_OFFICER) {
            return new PolicyChange.Refused(
                    "two-people",
                    "The role compliance-officer is given by two people only: request the act give-compliance.");
        }
        return begin(handle, by, role, to);
    }

    /**
     * Makes a person a compliance officer: for the approved act of two people, and for the first one.
     *
     * @param by whoever approved
     */
    public PolicyChange giveCompliance(Handle handle, Principal by, Identity to) {
        return begin(handle, by, Role.COMPLIANCE_OFFICER, to);
    }

    /**
     * Makes a person the first compliance officer, by the console; refused where there ever was one, since from then on it
     * takes two people.
     */
    public PolicyChange giveFirstCompliance(Handle handle, Identity to) {
        boolean before = handle.createQuery("SELECT EXISTS (SELECT 1 FROM compliance.relation"
                        + " WHERE object = :role AND relation = 'holder' AND subject LIKE 'person:%')")
                .bind("role", Role.COMPLIANCE_OFFICER.object())
                .mapTo(Boolean.class)
                .one();
        return before
                ? new PolicyChange.Refused(
                        "first-officer",
                        "The first compliance officer was named before: from then on two people give the role,"
                                + " by the act give-compliance.")
                : begin(handle, Principal.CONSOLE, Role.COMPLIANCE_OFFICER, to);
    }

    /** Ends a compliance officer's office: for the approved act of two people. */
    public PolicyChange takeCompliance(Handle handle, Principal by, Identity from) {
        return policy.end(handle, by, statement(Role.COMPLIANCE_OFFICER, from.id()));
    }

    private PolicyChange begin(Handle handle, Principal by, Role role, Identity to) {
        if (!role.fits(to.kind())) {
            return new PolicyChange.Refused(
                    "role-kind",
                    "The role " + role.wireName() + " cannot be held by a "
                            + to.kind().wireName() + ".");
        }
        return policy.begin(handle, by, statement(role, to.id()));
    }

    /** Takes a role back. That of a compliance officer takes two people. */
    public PolicyChange take(Handle handle, Principal by, Role role, Identity from) {
        if (role == Role.COMPLIANCE_OFFICER && from.kind() == Identity.Kind.PERSON) {
            return new PolicyChange.Refused(
                    "two-people",
                    "The role compliance-officer is taken by two people only: request the act take-compliance.");
        }
        return policy.end(handle, by, statement(role, from.id()));
    }

    /** The roles that count for somebody as of a version, his groups' among them; none where he is disabled. */
    public static Set<Role> of(Handle handle, Principal principal, long version) {
        if (Identities.isDisabled(handle, principal, version)) {
            return EnumSet.noneOf(Role.class);
        }
        SortedSet<String> subjects = Statements.subjectsOf(handle, principal.id(), version);
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Statement statement : Statements.ofSubjects(handle, subjects, version)) {
            if (statement.relation().equals(HOLDER) && statement.object().startsWith("role:")) {
                // A role that a newer version knows is unknown here, and opens nothing.
                Role.named(statement.object().substring(5)).ifPresent(roles::add);
            }
        }
        return roles;
    }

    /** Who holds a role in his own name. */
    public static List<Principal> holders(Handle handle, Role role, long version) {
        return Statements.ofObject(handle, role.object(), version).stream()
                .map(statement -> new Principal(statement.subject()))
                .toList();
    }

    private static Statement statement(Role role, Principal subject) {
        return new Statement(role.object(), HOLDER, subject.id());
    }
}
