package org.cartulary.appliance.access;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses changes that another site's page could have sent with our cookie: a request that rests on the cookie must carry a
 * header that no form and no simple cross-site request can set.
 */
@ServerFilter("/**")
final class CrossSiteFilter {
    private static final String HEADER = "X-Cartulary";
    /** Forms of strangers, which rest on no cookie. */
    private static final Set<String> FORMS = Set.of("/sign-in", "/invitation");

    private static final Set<HttpMethod> READING = EnumSet.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    @RequestFilter
    @Nullable
    HttpResponse<?> refuse(HttpRequest<?> request) {
        boolean restsOnCookie = SessionCookie.read(request).isPresent()
                && request.getHeaders().getAuthorization().isEmpty();
        if (!restsOnCookie
                || READING.contains(request.getMethod())
                || FORMS.contains(request.getPath())
                || request.getHeaders().contains(HEADER)) {
            return null;
        }
        return Problem.response(
                HttpStatus.FORBIDDEN,
                "The request lacks the header " + HEADER + ", which the page itself always sends.");
    }
}
