package org.cartulary.appliance.access;

import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.cartulary.appliance.accounts.Accounts;
import org.cartulary.appliance.accounts.Holder;
import org.cartulary.appliance.accounts.Quotas;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identities;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.people.Roles;
import org.cartulary.compliance.policy.Policy;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What whoever shows a credential may do now: looked up for each request, so that a change counts at the next. */
@Singleton
final class Standing {
    /** Do not count for a person without a second factor. */
    private static final Set<Role> WANT_SECOND_FACTOR = EnumSet.of(Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER);

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
            Set<Role> roles = counting(handle, principal, version);
            return Optional.of(Caller.of(holder, roles, Quotas.of(handle, principal, roles, version)));
        });
    }

    private Set<Role> counting(Handle handle, Principal principal, long version) {
        Set<Role> roles = Roles.of(handle, principal, version);
        if (!principal.equals(Principal.CONSOLE)
                && roles.stream().anyMatch(WANT_SECOND_FACTOR::contains)
                && !accounts.hasSecondFactor(principal)) {
            roles.removeAll(WANT_SECOND_FACTOR);
        }
        return roles;
    }

    /** Roles of somebody that do not count because he has no second factor. */
    static Set<Role> wantSecondFactor() {
        return Set.copyOf(WANT_SECOND_FACTOR);
    }
}
