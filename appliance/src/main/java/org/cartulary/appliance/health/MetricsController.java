package org.cartulary.appliance.health;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;

/** Metrics in Prometheus' text form; they count work and never hold text, names or questions. */
@Controller("/metrics")
@Secured(SecurityRule.IS_AUTHENTICATED)
final class MetricsController {
    private final PrometheusMeterRegistry registry;
    private final Meters meters;

    MetricsController(PrometheusMeterRegistry registry, Meters meters) {
        this.registry = registry;
        this.meters = meters;
    }

    /** All meters. */
    @Get(produces = "text/plain; version=0.0.4; charset=utf-8")
    String metrics() {
        meters.refresh();
        return registry.scrape();
    }
}
