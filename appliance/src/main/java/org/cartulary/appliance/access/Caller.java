package org.cartulary.appliance.access;

import io.micronaut.http.HttpStatus;
import io.micronaut.security.authentication.Authentication;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cartulary.appliance.accounts.Holder;
import org.cartulary.appliance.accounts.Limits;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Role;

/**
 * Who makes a request, as of its beginning.
 *
 * @param roles that count for him now
 * @param dormant roles that he holds and that do not count until he has a second factor
 * @param scopes of the key that he shows; all where he is signed in
 * @param credential tells the key or session from all others, of the same principal too: programs that one person set up
 *     take turns with each other, and reuse nothing of each other's prompts
 * @param limits of the key itself
 * @param houseLimits of the person or service, by name or by role
 */
public record Caller(
        Principal principal,
        Set<Role> roles,
        Set<Role> dormant,
        Set<Scope> scopes,
        String credential,
        Limits limits,
        Limits houseLimits) {
    private static final String ATTRIBUTE = "cartulary.caller";

    public Caller {
        roles = Set.copyOf(roles);
        dormant = Set.copyOf(dormant);
        scopes = Set.copyOf(scopes);
    }

    static Caller of(Holder holder, Set<Role> roles, Set<Role> dormant, Limits houseLimits) {
        return new Caller(
                holder.principal(), roles, dormant, holder.scopes(), holder.credential(), holder.limits(), houseLimits);
    }

    /** Behind an authenticated request. */
    public static Caller of(Authentication authentication) {
        if (authentication.getAttributes().get(ATTRIBUTE) instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("A request was authenticated by something other than us");
    }

    Authentication authentication() {
        return Authentication.build(principal.id(), List.of(), Map.of(ATTRIBUTE, this));
    }

    /** Whether he signed in, rather than showing a key. */
    public boolean isSignedIn() {
        return credential.startsWith("session-");
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    /**
     * Goes on only where the caller's key has a scope; for routes of which the body says what they are for.
     *
     * @throws Refused where it has not
     */
    public void require(Scope scope) {
        if (!scopes.contains(scope)) {
            throw new Refused(HttpStatus.FORBIDDEN, Scope.lacking(EnumSet.of(scope)));
        }
    }
}
