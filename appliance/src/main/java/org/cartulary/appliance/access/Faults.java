package org.cartulary.appliance.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.rules.SecurityRule;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Refusal;

/** Exceptions on their way to a caller. */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
final class Faults {
    private final SignInPage signInPage;
    private final Problems problems;

    Faults(SignInPage signInPage, Problems problems) {
        this.signInPage = signInPage;
        this.problems = problems;
    }

    /** A stranger gets the sign-in page at {@code /} and a problem everywhere else. */
    @Error(global = true)
    HttpResponse<?> unauthorised(HttpRequest<?> request, AuthorizationException e) {
        if (e.isForbidden()) {
            return ErrorBodies.fill(request, HttpResponse.ok(), HttpStatus.FORBIDDEN, "You may not do this.");
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

    @Error(global = true)
    HttpResponse<?> modelRefused(HttpRequest<?> request, InferenceRefused e) {
        MutableHttpResponse<?> response = problem(request, e);
        if (e.refusal() instanceof Refusal.QueueFull full) {
            response.header(
                    "Retry-After", Long.toString(Math.max(1, full.retryAfter().toSeconds())));
        }
        return response;
    }

    @Error(global = true)
    HttpResponse<?> any(HttpRequest<?> request, RuntimeException e) {
        return problem(request, e);
    }

    private MutableHttpResponse<?> problem(HttpRequest<?> request, Throwable e) {
        Problem problem = problems.of(e);
        return ErrorBodies.fill(request, HttpResponse.ok(), HttpStatus.valueOf(problem.status()), problem.detail());
    }
}
