package org.cartulary.appliance.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpStatus;
import io.micronaut.serde.annotation.Serdeable;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Refusal;
import org.jspecify.annotations.Nullable;

/** An error as OpenAI's clients read it. */
@Serdeable
public record OpenAiError(Detail error) {
    /**
     * The kind, and a sentence that says what to do.
     *
     * @param param the parameter at fault, where one is
     * @param code one word for the reason, where there is one
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Detail(
            String message,
            String type,
            @Nullable String param,
            @Nullable String code) {}

    /** An error that the status says it all about. */
    public static OpenAiError of(HttpStatus status, String message) {
        return of(status, message, null, status == HttpStatus.UNAUTHORIZED ? "invalid_api_key" : null);
    }

    /** The error behind an exception, whose problem is known. */
    public static OpenAiError of(Throwable e, Problem problem) {
        HttpStatus status = status(problem);
        String message = problem.detail();
        return switch (e) {
            case Refused refused -> of(status, message, refused.parameter(), refused.code());
            case InferenceRefused refused -> of(status, message, parameter(refused.refusal()), code(refused.refusal()));
            default -> of(status, message);
        };
    }

    /** OpenAI has no 422: what cannot be processed is a bad request. */
    public static HttpStatus status(Problem problem) {
        HttpStatus status = HttpStatus.valueOf(problem.status());
        return status == HttpStatus.UNPROCESSABLE_ENTITY ? HttpStatus.BAD_REQUEST : status;
    }

    private static OpenAiError of(
            HttpStatus status, String message, @Nullable String parameter, @Nullable String code) {
        return new OpenAiError(new Detail(message, type(status), parameter, code));
    }

    private static @Nullable String parameter(Refusal refusal) {
        return switch (refusal) {
            case Refusal.PromptTooLong _, Refusal.ConversationTooLong _ -> "messages";
            case Refusal.TextTooLong _ -> "input";
            case Refusal.PairTooLong _ -> "documents";
            case Refusal.QueueFull _, Refusal.BadRequest _ -> null;
        };
    }

    private static @Nullable String code(Refusal refusal) {
        return switch (refusal) {
            case Refusal.PromptTooLong _, Refusal.ConversationTooLong _, Refusal.TextTooLong _, Refusal.PairTooLong _ ->
                "context_length_exceeded";
            case Refusal.QueueFull _ -> "rate_limit_exceeded";
            case Refusal.BadRequest _ -> null;
        };
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
