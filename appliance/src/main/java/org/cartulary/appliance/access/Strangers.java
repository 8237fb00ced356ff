package org.cartulary.appliance.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.security.authentication.AuthorizationException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.compliance.people.Role;

/** What callers get who may not have what they asked for. */
@Controller
final class Strangers {
    private final StrangersPages pages;

    Strangers(StrangersPages pages) {
        this.pages = pages;
    }

    /** A stranger gets the sign-in page at {@code /} and a problem everywhere else. */
    @Error(global = true)
    HttpResponse<?> unauthorised(HttpRequest<?> request, AuthorizationException e) {
        if (e.isForbidden()) {
            return ErrorBodies.fill(request, HttpResponse.ok(), HttpStatus.FORBIDDEN, forbidden(request, e));
        }
        if (request.getPath().equals("/")) {
            return pages.signIn(HttpStatus.UNAUTHORIZED, "");
        }
        return ErrorBodies.fill(
                        request,
                        HttpResponse.ok(),
                        HttpStatus.UNAUTHORIZED,
                        "Send a key as Authorization: Bearer, or sign in at /.")
                .header("WWW-Authenticate", "Bearer");
    }

    private static String forbidden(HttpRequest<?> request, AuthorizationException e) {
        Optional<Declared> declared = request.getAttribute(CalledByRule.DECLARED, Declared.class);
        Optional<Caller> caller = Optional.ofNullable(e.getAuthentication()).map(Caller::of);
        if (declared.isEmpty() || caller.isEmpty()) {
            return "You may not do this.";
        }
        Set<Role> roles = declared.get().roles();
        Set<Scope> scopes = declared.get().scopes();
        if (declared.get().console()) {
            return "This is a matter of the console only: deploy/cartulary --help.";
        }
        if (!roles.isEmpty() && Collections.disjoint(roles, caller.get().roles())) {
            return "This takes the role "
                    + roles.stream().map(Role::wireName).sorted().collect(Collectors.joining(" or "))
                    + (Collections.disjoint(roles, caller.get().dormant())
                            ? ", which you do not hold."
                            : ", which does not count until you have set up a second factor (your account).");
        }
        return Scope.lacking(scopes);
    }
}
