package org.cartulary.appliance.access;

import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One shape for every error: a problem on our routes, OpenAI's shape under {@code /v1}. */
@Primary
@Singleton
final class ErrorBodies implements ErrorResponseProcessor<Object> {
    private static final Pattern MISSING_FIELD = Pattern.compile("Null argument specified for \\[(\\w+)]");

    @Override
    public MutableHttpResponse<Object> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        String detail = context.hasErrors()
                ? context.getErrors().getFirst().getMessage()
                : response.status().getReason();
        return fill(context.getRequest(), response, response.status(), forCallers(detail));
    }

    /** The framework speaks to the author of the code; a caller wants to know what to send. */
    private static String forCallers(String detail) {
        Matcher missing = MISSING_FIELD.matcher(detail);
        return missing.find() ? "The field \"" + missing.group(1) + "\" is missing." : detail;
    }

    /** Gives a response the body that its route's clients expect. */
    static MutableHttpResponse<Object> fill(
            HttpRequest<?> request, MutableHttpResponse<?> response, HttpStatus status, String detail) {
        return isOpenAi(request)
                ? openAi(response, status, OpenAiError.of(status, detail))
                : problem(response, Problem.of(status, detail));
    }

    /** As above, for an exception and its problem. */
    static MutableHttpResponse<Object> fill(
            HttpRequest<?> request, MutableHttpResponse<?> response, Throwable e, Problem problem) {
        return isOpenAi(request)
                ? openAi(response, OpenAiError.status(problem), OpenAiError.of(e, problem))
                : problem(response, problem);
    }

    private static boolean isOpenAi(HttpRequest<?> request) {
        return request.getPath().startsWith("/v1/");
    }

    private static MutableHttpResponse<Object> openAi(
            MutableHttpResponse<?> response, HttpStatus status, OpenAiError error) {
        return response.status(status)
                .contentType(MediaType.APPLICATION_JSON_TYPE)
                .body(error);
    }

    private static MutableHttpResponse<Object> problem(MutableHttpResponse<?> response, Problem problem) {
        return response.status(HttpStatus.valueOf(problem.status()))
                .contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE)
                .body(problem);
    }
}
