package org.cartulary.appliance.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.security.rules.SecurityRuleResult;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import jakarta.inject.Singleton;
import java.util.Collections;
import java.util.Optional;
import org.cartulary.compliance.identity.Principal;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Lets callers through as their route declares, and nobody where it declares nothing. What is no route, such as the page's
 * assets and paths that do not exist, is for those who are signed in. No other rule is asked.
 */
@Singleton
final class CalledByRule implements SecurityRule<HttpRequest<?>> {
    /** Attribute of a request: what its route declares. Where a refusal is worded, the route is another. */
    static final String DECLARED = "cartulary.declared";

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public Publisher<SecurityRuleResult> check(
            @Nullable HttpRequest<?> request, @Nullable Authentication authentication) {
        return Mono.just(
                request != null && admits(request, authentication)
                        ? SecurityRuleResult.ALLOWED
                        : SecurityRuleResult.REJECTED);
    }

    private static boolean admits(HttpRequest<?> request, @Nullable Authentication authentication) {
        Optional<RouteMatch<?>> route = RouteAttributes.getRouteMatch(request);
        if (route.isEmpty()) {
            return authentication != null;
        }
        Optional<Declared> declared = Declared.of(route.get().getAnnotationMetadata());
        declared.ifPresent(found -> request.setAttribute(DECLARED, found));
        return declared.isPresent()
                && (declared.get().strangers() || (authentication != null && admits(declared.get(), authentication)));
    }

    private static boolean admits(Declared declared, Authentication authentication) {
        Caller caller = Caller.of(authentication);
        boolean role = declared.roles().isEmpty() || !Collections.disjoint(declared.roles(), caller.roles());
        boolean scope = declared.scopes().isEmpty() || !Collections.disjoint(declared.scopes(), caller.scopes());
        boolean where = !declared.console() || caller.principal().equals(Principal.CONSOLE);
        return role && scope && where;
    }
}
