package org.cartulary.appliance.access;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import java.time.Duration;
import java.util.Optional;
import org.cartulary.appliance.accounts.Usage;
import org.jspecify.annotations.Nullable;

/** Refuses what goes beyond the limits of a key, a person or a role, with the time after which it may be tried again. */
@ServerFilter("/**")
final class LimitFilter implements Ordered {
    private final Usage usage;

    LimitFilter(Usage usage) {
        this.usage = usage;
    }

    /** After it is known who calls. */
    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after();
    }

    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    @Nullable
    HttpResponse<?> refuse(HttpRequest<?> request) {
        Optional<Caller> found = request.getUserPrincipal(Authentication.class).map(Caller::of);
        if (found.isEmpty()) {
            return null;
        }
        Caller caller = found.get();
        Optional<Duration> wait = usage.request(caller.credential(), caller.limits())
                .or(() -> usage.request(caller.principal().id(), caller.houseLimits()));
        if (wait.isPresent()) {
            return refusal(request, wait.get(), "requests of a minute");
        }
        boolean question = request.getAttribute(CalledByRule.DECLARED, Declared.class)
                .filter(Declared::question)
                .isPresent();
        return question ? refuseQuestion(request, caller) : null;
    }

    private @Nullable HttpResponse<?> refuseQuestion(HttpRequest<?> request, Caller caller) {
        Optional<Duration> wait = usage.question(caller.credential(), caller.limits())
                .or(() -> usage.question(caller.principal().id(), caller.houseLimits()));
        return wait.isPresent() ? refusal(request, wait.get(), "questions of a day") : null;
    }

    private static HttpResponse<?> refusal(HttpRequest<?> request, Duration wait, String what) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return ErrorBodies.fill(
                        request,
                        HttpResponse.ok(),
                        HttpStatus.TOO_MANY_REQUESTS,
                        "The " + what + " are used up: try again in " + seconds
                                + " seconds, or ask an administrator for a higher limit.")
                .header("Retry-After", Long.toString(seconds));
    }
}
