package org.cartulary.appliance.health;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.compliance.people.Role;

/** Metrics in Prometheus' text form; they count work and never hold text, names or questions. */
@Controller("/metrics")
final class MetricsController {
    private final PrometheusMeterRegistry registry;
    private final Meters meters;

    MetricsController(PrometheusMeterRegistry registry, Meters meters) {
        this.registry = registry;
        this.meters = meters;
    }

    /** All meters. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Get(produces = "text/plain; version=0.0.4; charset=utf-8")
    String metrics() {
        meters.refresh();
        return registry.scrape();
    }
}
