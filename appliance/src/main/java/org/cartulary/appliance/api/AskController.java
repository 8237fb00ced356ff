package org.cartulary.appliance.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.appliance.asking.AnswerListener;
import org.cartulary.appliance.asking.Asking;
import org.cartulary.appliance.asking.Question;
import org.cartulary.appliance.settings.Settings;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.purpose.Stated;
import org.cartulary.retrieval.catalog.Collection;
import org.cartulary.retrieval.understanding.Wording;
import org.jspecify.annotations.Nullable;

/** Asking: one object when the answer is final, or events while it is made. */
@Controller("/api/ask")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AskController {
    private final Asking asking;
    private final Reading reading;
    private final AnswerStreams streams;
    private final int maxQuestionLength;

    AskController(Asking asking, Reading reading, AnswerStreams streams, Settings settings) {
        this.asking = asking;
        this.reading = reading;
        this.streams = streams;
        this.maxQuestionLength = settings.maxQuestionLength();
    }

    /**
     * Answers when the answer is final. A caller that accepts {@code text/event-stream} gets events while it is made:
     * accepted, sources, delta (provisional text), then final or problem.
     */
    @CalledBy(
            value = {Role.READER, Role.CURATOR, Role.SERVICE},
            scopes = Scope.ASK,
            question = true)
    @Post(produces = {MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
    @ApiResponse(
            responseCode = "200",
            description = "The final answer, or the events that lead to it.",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = AnswerView.class)),
                @Content(mediaType = MediaType.TEXT_EVENT_STREAM, schema = @Schema(implementation = String.class))
            })
    HttpResponse<?> ask(@Body QuestionBody body, HttpRequest<?> request, Authentication caller) {
        Question question = checked(body, StatedPurpose.of(request, body.purpose(), body.reference()), caller);
        Principal principal = Caller.of(caller).principal();
        if (request.accept().contains(MediaType.TEXT_EVENT_STREAM_TYPE)) {
            return HttpResponse.ok(streams.of(
                            Caller.of(caller).credential(),
                            (presence, listener) -> asking.ask(principal, question, presence, listener)))
                    .contentType(MediaType.TEXT_EVENT_STREAM_TYPE);
        }
        try (CallerWatch watch = CallerWatch.of(request, caller)) {
            return HttpResponse.ok(
                    AnswerView.of(asking.ask(principal, question, watch.presence(), new AnswerListener() {})));
        }
    }

    private Question checked(QuestionBody body, Stated stated, Authentication caller) {
        String text = body.question();
        Wording wording = Taken.of(body.language(), null, null, body.earlier());
        if (text.isBlank() || text.length() > maxQuestionLength) {
            throw new Refused(
                    text.isBlank() ? HttpStatus.BAD_REQUEST : HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                    "A question has 1 to " + maxQuestionLength + " characters, but this one has " + text.length()
                            + ": shorten it.");
        }
        Collection collection =
                reading.forQuestion(body.collection(), Caller.of(caller).principal(), stated);
        return new Question(text, collection, ScopeBody.wishes(body.scope()), stated, wording);
    }

    /**
     * A question to one collection.
     *
     * @param purpose why, where the collection wants to know
     * @param reference the case or the patient, where the collection wants to know
     * @param scope which documents are looked at; those that are in force today where absent
     * @param language of the question, such as {@code de}; told by its words where absent
     * @param earlier what was asked before in the same conversation, the latest last, 20 at most
     */
    @Serdeable
    record QuestionBody(
            String question,
            String collection,
            @Nullable String purpose,
            @Nullable String reference,
            @Nullable ScopeBody scope,
            @Nullable String language,
            @Nullable List<String> earlier) {}
}
