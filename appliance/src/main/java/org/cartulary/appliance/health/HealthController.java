package org.cartulary.appliance.health;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import org.cartulary.appliance.access.CalledBy;

/** Yes or no, for load balancers and service managers; no detail, since no credentials are asked for. */
@Controller("/health")
final class HealthController {
    private final Readiness readiness;

    HealthController(Readiness readiness) {
        this.readiness = readiness;
    }

    /** Whether the process answers. */
    @CalledBy(strangers = true)
    @Get("/live")
    Verdict live() {
        return new Verdict("UP");
    }

    /** Whether a question could be answered and recorded now. */
    @CalledBy(strangers = true)
    @Get("/ready")
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<Verdict> ready() {
        return readiness.isReady()
                ? HttpResponse.ok(new Verdict("UP"))
                : HttpResponse.<Verdict>status(io.micronaut.http.HttpStatus.SERVICE_UNAVAILABLE)
                        .body(new Verdict("DOWN"));
    }

    @Serdeable
    record Verdict(String status) {}
}
