package org.cartulary.appliance.api;

import io.micronaut.http.HttpStatus;
import io.micronaut.security.authentication.Authentication;
import org.cartulary.appliance.access.CredentialAuthentication;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.compliance.identity.Principal;

/** The principal behind an authenticated request. */
public final class Caller {
    private Caller() {}

    public static Principal of(Authentication authentication) {
        return new Principal(authentication.getName());
    }

    /**
     * Tells the token or session from all others, of the same principal too: programs that one person set up take turns
     * with each other, and reuse nothing of each other's prompts.
     */
    public static String credential(Authentication authentication) {
        Object credential = authentication.getAttributes().get(CredentialAuthentication.CREDENTIAL);
        return credential instanceof String text ? text : authentication.getName();
    }

    /**
     * Goes on only where the caller's token has a scope; for routes of which the body says what they are for.
     *
     * @throws Refused where it has not
     */
    public static void require(Authentication authentication, Scope scope) {
        if (!authentication.getRoles().contains(scope.wireName())) {
            throw new Refused(HttpStatus.FORBIDDEN, Scope.lacking(java.util.EnumSet.of(scope)));
        }
    }
}
