package org.cartulary.appliance.api;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.serde.annotation.Serdeable;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Credentials;
import org.cartulary.compliance.identity.Principal;

/** Tokens for whoever lost theirs; only the console may issue them. */
@Controller("/api/tokens")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class TokenController {
    private final Credentials credentials;

    TokenController(Credentials credentials) {
        this.credentials = credentials;
    }

    /** Issues an administrator's token, shown once. */
    @Post
    IssuedToken issue(@Body NewToken wanted, Authentication caller) {
        if (!Caller.of(caller).equals(Principal.CONSOLE)) {
            throw new Refused(HttpStatus.FORBIDDEN, "Tokens are issued on the console only: deploy/cartulary token.");
        }
        return new IssuedToken(credentials.issue(wanted.name()));
    }

    @Serdeable
    record NewToken(String name) {}

    @Serdeable
    record IssuedToken(String token) {}
}
