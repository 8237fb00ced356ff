package org.cartulary.appliance.access;

import io.micronaut.context.annotation.Context;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import jakarta.annotation.PostConstruct;
import java.util.List;

/** Nothing listens while a route does not say who may call it. */
@Context
final class RouteDeclarations {
    private final Router router;

    RouteDeclarations(Router router) {
        this.router = router;
    }

    @PostConstruct
    void requireAll() {
        List<String> silent = router.uriRoutes()
                .filter(route -> Declared.of(route.getAnnotationMetadata()).isEmpty())
                .map(RouteDeclarations::name)
                .distinct()
                .sorted()
                .toList();
        if (!silent.isEmpty()) {
            throw new UndeclaredRoutes(silent);
        }
    }

    private static String name(UriRouteInfo<?, ?> route) {
        return route.getHttpMethodName() + " " + route.getUriMatchTemplate();
    }

    /** Routes of our own code that declare nobody. */
    static final class UndeclaredRoutes extends RuntimeException {
        UndeclaredRoutes(List<String> routes) {
            super("These routes do not declare who may call them: " + String.join(", ", routes)
                    + ". Add @CalledBy to their methods.");
        }
    }
}
