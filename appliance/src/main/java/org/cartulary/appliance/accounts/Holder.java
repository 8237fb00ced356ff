package org.cartulary.appliance.accounts;

import java.util.Set;
import org.cartulary.compliance.identity.Principal;

/**
 * Whoever shows a key or a session, and what that is for.
 *
 * @param credential tells this key or session from all others, and gives no way back to its secret
 * @param limits of the key itself
 */
public record Holder(Principal principal, Set<Scope> scopes, String credential, Limits limits) {
    public Holder {
        scopes = Set.copyOf(scopes);
    }

    /** The owner of the machine, by the local socket. */
    public static Holder console() {
        return new Holder(Principal.CONSOLE, Scope.all(), "console", Limits.NONE);
    }
}
