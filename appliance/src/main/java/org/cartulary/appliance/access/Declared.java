package org.cartulary.appliance.access;

import io.micronaut.core.annotation.AnnotationMetadata;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.compliance.people.Role;

/**
 * What a route says of who may call it.
 *
 * @param roles any of them; empty for whoever is signed in
 * @param scopes any of them; empty for every key
 */
public record Declared(Set<Role> roles, Set<Scope> scopes, boolean strangers, boolean console, boolean question) {
    public Declared {
        roles = Set.copyOf(roles);
        scopes = Set.copyOf(scopes);
    }

    /** Of a route; empty where it says nothing. */
    public static Optional<Declared> of(AnnotationMetadata route) {
        if (!route.hasAnnotation(CalledBy.class)) {
            return Optional.empty();
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        roles.addAll(Arrays.asList(route.enumValues(CalledBy.class, Role.class)));
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        scopes.addAll(Arrays.asList(route.enumValues(CalledBy.class, "scopes", Scope.class)));
        return Optional.of(new Declared(
                roles,
                scopes,
                route.isTrue(CalledBy.class, "strangers"),
                route.isTrue(CalledBy.class, "console"),
                route.isTrue(CalledBy.class, "question")));
    }
}
