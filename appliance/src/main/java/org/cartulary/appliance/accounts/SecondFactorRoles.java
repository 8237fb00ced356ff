package org.cartulary.appliance.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.policy.PolicyChange;
import org.cartulary.compliance.policy.Settings;
import org.jdbi.v3.core.Handle;

/**
 * Which roles do not count for a person without a second factor; policy of the house, with its versions. Runs in the callers'
 * transactions; thread-safe.
 */
public final class SecondFactorRoles {
    private static final String SETTING = "second-factor";

    /** Want it in every house, whatever its policy says. */
    private static final Set<Role> ALWAYS =
            Collections.unmodifiableSet(EnumSet.of(Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER));

    private final Settings settings;

    public SecondFactorRoles(Settings settings) {
        this.settings = settings;
    }

    /** Those that want it as of a version. */
    public static Set<Role> of(Handle handle, long version) {
        Set<Role> roles = EnumSet.copyOf(ALWAYS);
        Settings.find(handle, SETTING, version).ifPresent(names -> {
            for (JsonNode name : names) {
                // A role that a newer version knows is unknown here, and opens nothing.
                Role.named(name.asText()).ifPresent(roles::add);
            }
        });
        return roles;
    }

    public PolicyChange set(Handle handle, Principal by, Set<Role> roles) {
        if (!roles.containsAll(ALWAYS)) {
            return new PolicyChange.Refused(
                    "second-factor",
                    "The roles administrator and compliance-officer want a second factor in every house: they cannot be"
                            + " taken out.");
        }
        if (roles.contains(Role.SERVICE)) {
            return new PolicyChange.Refused(
                    "second-factor", "The role service is for programs, which have no second factor: leave it out.");
        }
        return settings.set(
                handle, by, SETTING, roles.stream().map(Role::wireName).sorted().toList());
    }
}
