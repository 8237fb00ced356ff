package org.cartulary.appliance.openai;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Map;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.appliance.api.CallerWatch;
import org.cartulary.appliance.api.StatedPurpose;
import org.cartulary.appliance.settings.Settings;
import org.cartulary.compliance.people.Role;

/** OpenAI's chat completions. The model {@code cartulary:<collection>} answers from documents, with citations. */
@Controller("/v1/chat/completions")
@ExecuteOn(TaskExecutors.BLOCKING)
final class CompletionController {
    /** Names the parameters that had no part in the answer. */
    static final String WITHOUT_EFFECT = "Cartulary-Without-Effect";

    private final TextCompletions texts;
    private final DocumentCompletions documents;
    private final Settings settings;

    CompletionController(TextCompletions texts, DocumentCompletions documents, Settings settings) {
        this.texts = texts;
        this.documents = documents;
        this.settings = settings;
    }

    /**
     * A completion, whole or as a stream of chunks that ends with {@code data: [DONE]}. What is refused before the first
     * chunk is an ordinary error; an error after it is an event {@code data: {"error": …}}. A caller that goes away ends
     * the work.
     *
     * <p>The chat model takes every parameter of the body. A model whose task is documents, {@code cartulary:} and a
     * collection's name, answers the last message of the user; earlier ones of the user count where it leans on them.
     * There {@code stop}, {@code logit_bias}, {@code logprobs}, {@code response_format} and {@code grammar} are refused; {@code temperature}, {@code top_p},
     * {@code min_p}, {@code repeat_penalty}, {@code seed} and {@code max_tokens} are taken without effect, and the response
     * header {@code Cartulary-Without-Effect} names those that were given. Its answer carries citations, sentences and
     * receipt in the field {@code cartulary}, in a stream in a last chunk without choices.
     *
     * <p>Parameters that are not listed are refused, with {@code code} {@code unsupported_parameter}, unless they ask for
     * nothing ({@code null}, {@code false}, 0, empty).
     *
     * <p>Errors have OpenAI's shape: 400 unusable, or too long ({@code context_length_exceeded}); 401 without a token; 403
     * without the scope {@code generate}, or {@code ask} for documents; 404 no such model; 429 the queue is full, with
     * {@code Retry-After}; 503 the model is restarting.
     */
    @CalledBy(
            value = {Role.READER, Role.CURATOR, Role.SERVICE},
            scopes = {Scope.ASK, Scope.GENERATE},
            question = true)
    @Post(produces = {MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = CompletionBody.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The completion, or its chunks.",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Completion.class)),
                @Content(mediaType = MediaType.TEXT_EVENT_STREAM, schema = @Schema(implementation = Completion.class))
            })
    HttpResponse<?> complete(@Body Map<String, Object> body, HttpRequest<?> http, Authentication caller) {
        // Before the body is read: to turn a schema into a grammar is work that only who may ask can cause.
        Caller.of(caller).require(CompletionRequest.asksDocuments(body) ? Scope.ASK : Scope.GENERATE);
        CompletionRequest request = CompletionRequest.parse(body, settings.answerTokens());
        CallerWatch watch = CallerWatch.of(http, caller);
        boolean handedOver = false;
        try {
            MutableHttpResponse<?> response = request.asksDocuments()
                    ? documents.respond(request, Caller.of(caller).principal(), StatedPurpose.of(http), watch)
                    : texts.respond(request, Caller.of(caller).principal(), watch);
            handedOver = request.stream();
            return response;
        } finally {
            if (!handedOver) {
                watch.close();
            }
        }
    }

    static MutableHttpResponse<?> whole(Completion completion) {
        return HttpResponse.<Object>ok(completion).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    static MutableHttpResponse<?> streaming(org.reactivestreams.Publisher<?> chunks) {
        return HttpResponse.<Object>status(HttpStatus.OK).body(chunks).contentType(MediaType.TEXT_EVENT_STREAM_TYPE);
    }
}
