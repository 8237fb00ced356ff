package org.cartulary.appliance.api;

import io.micronaut.security.authentication.Authentication;
import org.cartulary.compliance.identity.Principal;

/** The principal behind an authenticated request. */
public final class Caller {
    private Caller() {}

    public static Principal of(Authentication authentication) {
        return new Principal(authentication.getName());
    }
}
