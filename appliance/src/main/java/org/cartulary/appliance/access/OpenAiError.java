package org.cartulary.appliance.access;

import io.micronaut.http.HttpStatus;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/** An error as OpenAI's clients read it. */
@Serdeable
public record OpenAiError(Detail error) {
    /** The kind, and a sentence that says what to do. */
    @Serdeable
    public record Detail(
            String message,
            String type,
            @Nullable String param,
            @Nullable String code) {}

    public static OpenAiError of(HttpStatus status, String message) {
        return new OpenAiError(new Detail(message, type(status), null, null));
    }

    private static String type(HttpStatus status) {
        return switch (status) {
            case UNAUTHORIZED -> "authentication_error";
            case FORBIDDEN -> "permission_error";
            case NOT_FOUND -> "not_found_error";
            case TOO_MANY_REQUESTS -> "rate_limit_error";
            default -> status.getCode() >= 500 ? "server_error" : "invalid_request_error";
        };
    }
}
