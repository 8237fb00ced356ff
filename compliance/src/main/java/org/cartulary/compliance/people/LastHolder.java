package org.cartulary.compliance.people;

import java.util.Optional;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.policy.Invariant;
import org.cartulary.compliance.policy.PolicyChange;
import org.jdbi.v3.core.Handle;

/** A role that a person can use is never left without one who can, so that nobody locks everybody out. */
final class LastHolder implements Invariant {
    private final Role role;

    LastHolder(Role role) {
        this.role = role;
    }

    @Override
    public Optional<PolicyChange.Refused> brokenBy(Handle handle, Principal by, long before, long after) {
        return hasHolder(handle, before) && !hasHolder(handle, after)
                ? Optional.of(new PolicyChange.Refused(
                        "last-holder",
                        "Nobody who can sign in would be left with the role " + role.wireName()
                                + ": give it to another person first."))
                : Optional.empty();
    }

    private boolean hasHolder(Handle handle, long version) {
        return Roles.holders(handle, role, version).stream()
                .filter(holder -> !holder.equals(Principal.CONSOLE))
                .anyMatch(holder -> !Identities.isDisabled(handle, holder, version));
    }
}
