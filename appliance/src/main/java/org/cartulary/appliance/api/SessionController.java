package org.cartulary.appliance.api;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.serde.annotation.Serdeable;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.cli.Version;

/** Who the caller is to the appliance. */
@Controller("/api/session")
final class SessionController {
    /** The caller's principal and the appliance's version. */
    @CalledBy
    @Get
    SessionView session(Authentication caller) {
        return new SessionView(Caller.of(caller).principal().id(), Version.current());
    }

    @Serdeable
    record SessionView(String principal, String version) {}
}
