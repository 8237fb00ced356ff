package org.cartulary.appliance.api;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identities;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.people.Roles;
import org.cartulary.compliance.policy.Policy;
import org.jdbi.v3.core.Handle;

/**
 * A person or a service as administrators see it.
 *
 * @param kind {@code person} or {@code service}
 * @param source who vouches for the name
 * @param roles that count now, by whichever group
 */
@Serdeable
record PersonView(
        String id, String kind, String source, String name, String displayName, boolean disabled, List<String> roles) {
    static PersonView of(Handle handle, Identity identity) {
        return new PersonView(
                identity.id().id(),
                identity.kind().wireName(),
                identity.source(),
                identity.name(),
                identity.displayName(),
                identity.disabled(),
                Roles.of(handle, identity.id(), Policy.version(handle)).stream()
                        .map(Role::wireName)
                        .sorted()
                        .toList());
    }

    /** The name of somebody, or his id where there is none. */
    static String name(Handle handle, Principal principal) {
        return Identities.find(handle, principal).map(Identity::name).orElse(principal.id());
    }
}
