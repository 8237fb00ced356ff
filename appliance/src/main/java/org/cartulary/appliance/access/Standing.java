package org.cartulary.appliance.access;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import org.cartulary.appliance.accounts.Accounts;
import org.cartulary.appliance.accounts.Holder;
import org.cartulary.appliance.accounts.Quotas;
import org.cartulary.appliance.accounts.SecondFactorRoles;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identities;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.people.Roles;
import org.cartulary.compliance.policy.Policy;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What whoever shows a credential may do now: looked up for each request, so that a change counts at the next. */
@Singleton
final class Standing {
    private final Jdbi jdbi;
    private final Accounts accounts;

    Standing(Jdbi jdbi, Accounts accounts) {
        this.jdbi = jdbi;
        this.accounts = accounts;
    }

    /** The caller behind a credential; empty where he is disabled. */
    Optional<Caller> of(Holder holder) {
        return jdbi.inTransaction(handle -> {
            long version = Policy.version(handle);
            Principal principal = holder.principal();
            if (Identities.isDisabled(handle, principal, version)) {
                return Optional.empty();
            }
            Set<Role> roles = Roles.of(handle, principal, version);
            Set<Role> dormant = dormant(handle, principal, roles, version);
            roles.removeAll(dormant);
            return Optional.of(Caller.of(holder, roles, dormant, Quotas.of(handle, principal, roles, version)));
        });
    }

    /** Of the roles that somebody holds, those that do not count because he has no second factor. */
    private Set<Role> dormant(Handle handle, Principal principal, Set<Role> held, long version) {
        Set<Role> wanting = SecondFactorRoles.of(handle, version);
        wanting.retainAll(held);
        boolean counts = wanting.isEmpty() || !isPerson(handle, principal) || accounts.hasSecondFactor(principal);
        return counts ? Set.of() : wanting;
    }

    /** The console and programs have no second factor. */
    private static boolean isPerson(Handle handle, Principal principal) {
        return Identities.find(handle, principal)
                .filter(identity -> identity.kind() == Identity.Kind.PERSON)
                .isPresent();
    }
}
