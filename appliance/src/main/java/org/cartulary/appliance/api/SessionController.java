package org.cartulary.appliance.api;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.serde.annotation.Serdeable;
import org.cartulary.appliance.cli.Version;

/** Who the caller is to the appliance. */
@Controller("/api/session")
@Secured(SecurityRule.IS_AUTHENTICATED)
final class SessionController {
    /** The caller's principal and the appliance's version. */
    @Get
    SessionView session(Authentication caller) {
        return new SessionView(Caller.of(caller).id(), Version.current());
    }

    @Serdeable
    record SessionView(String principal, String version) {}
}
