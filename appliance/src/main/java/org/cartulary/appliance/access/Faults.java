package org.cartulary.appliance.access;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Refusal;

/**
 * Exceptions on their way to a caller. The framework's own exceptions (a path that does not exist, a body that is no JSON)
 * have more specific handlers of the framework, whose bodies {@link ErrorBodies} writes.
 */
@Singleton
final class Faults implements ExceptionHandler<RuntimeException, HttpResponse<?>> {
    private final Problems problems;

    Faults(Problems problems) {
        this.problems = problems;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public HttpResponse<?> handle(HttpRequest request, RuntimeException e) {
        Problem problem = problems.of(e);
        MutableHttpResponse<?> response = ErrorBodies.fill((HttpRequest<?>) request, HttpResponse.ok(), e, problem);
        if (e instanceof InferenceRefused refused && refused.refusal() instanceof Refusal.QueueFull full) {
            response.header(
                    "Retry-After", Long.toString(Math.max(1, full.retryAfter().toSeconds())));
        }
        return response;
    }
}
