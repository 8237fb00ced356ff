package org.cartulary.appliance.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.rules.SecurityRule;
import java.util.Set;
import org.cartulary.appliance.accounts.Scope;

/** What callers get who may not have what they asked for. */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
final class Strangers {
    private final SignInPage signInPage;

    Strangers(SignInPage signInPage) {
        this.signInPage = signInPage;
    }

    /** A stranger gets the sign-in page at {@code /} and a problem everywhere else. */
    @Error(global = true)
    HttpResponse<?> unauthorised(HttpRequest<?> request, AuthorizationException e) {
        if (e.isForbidden()) {
            return ErrorBodies.fill(request, HttpResponse.ok(), HttpStatus.FORBIDDEN, forbidden(request));
        }
        if (request.getPath().equals("/")) {
            return signInPage.response("");
        }
        return ErrorBodies.fill(
                        request,
                        HttpResponse.ok(),
                        HttpStatus.UNAUTHORIZED,
                        "Send a token as Authorization: Bearer, or sign in at /.")
                .header("WWW-Authenticate", "Bearer");
    }

    /** So far only a token's scopes keep anybody out who is signed in. */
    private static String forbidden(HttpRequest<?> request) {
        Set<Scope> wanted = RequiredScope.of(request);
        return wanted.isEmpty() ? "You may not do this." : Scope.lacking(wanted);
    }
}
