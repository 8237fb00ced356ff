package org.cartulary.appliance.openai;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.api.AnswerView;
import org.cartulary.appliance.api.Caller;
import org.cartulary.appliance.api.Reading;
import org.cartulary.appliance.asking.AnswerListener;
import org.cartulary.appliance.asking.Asking;
import org.cartulary.appliance.settings.Settings;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.inference.Generated;
import org.cartulary.inference.Generator;
import org.cartulary.retrieval.catalog.Catalog;
import org.cartulary.retrieval.catalog.Collection;

/** OpenAI's chat completions. The model {@code cartulary:<collection>} answers from documents, with citations. */
@Controller("/v1")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class CompletionController {
    private final Asking asking;
    private final Completing completing;
    private final CompletionStreams streams;
    private final Generator generator;
    private final Catalog catalog;
    private final Reading reading;
    private final Settings settings;
    private final Clock clock;

    CompletionController(
            Asking asking,
            Completing completing,
            CompletionStreams streams,
            Generator generator,
            Catalog catalog,
            Reading reading,
            Settings settings,
            Clock clock) {
        this.asking = asking;
        this.completing = completing;
        this.streams = streams;
        this.generator = generator;
        this.catalog = catalog;
        this.reading = reading;
        this.settings = settings;
        this.clock = clock;
    }

    /** The models that {@code /v1/chat/completions} takes: the chat model, and one for each readable collection. */
    @Get("/models")
    ModelList models(Authentication caller) {
        List<ModelEntry> models = new ArrayList<>();
        models.add(new ModelEntry(generator.model().name(), "model", 0, "local"));
        catalog.collections(reading.filter(Caller.of(caller)))
                .forEach(summary -> models.add(
                        new ModelEntry("cartulary:" + summary.collection().name(), "model", 0, "cartulary")));
        return new ModelList("list", models);
    }

    /** A completion, whole or as a stream of chunks. */
    @Post(
            value = "/chat/completions",
            produces = {MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
    HttpResponse<?> complete(@Body Map<String, Object> body, Authentication caller) {
        CompletionRequest request = CompletionRequest.parse(body, settings.answerTokens());
        Principal principal = Caller.of(caller);
        CompletionWriter writer = new CompletionWriter(
                "chatcmpl-" + UUID.randomUUID(), clock.instant().getEpochSecond(), request.model());
        if (request.asksDocuments()) {
            Collection collection = reading.collection(request.collection(), principal);
            requireQuestion(request.question());
            return request.stream()
                    ? streaming(streams.ofAnswer(
                            writer, listener -> asking.ask(principal, request.question(), collection, listener)))
                    : whole(answered(writer, principal, request, collection));
        }
        requireChatModel(request.model());
        return request.stream()
                ? streaming(streams.ofText(writer, pieces -> completing.complete(principal, request, pieces)))
                : whole(generated(writer, principal, request));
    }

    private Completion answered(
            CompletionWriter writer, Principal principal, CompletionRequest request, Collection collection) {
        AnswerView answer =
                AnswerView.of(asking.ask(principal, request.question(), collection, new AnswerListener() {}));
        return writer.whole(answer.answer(), "stop", null, answer);
    }

    private Completion generated(CompletionWriter writer, Principal principal, CompletionRequest request) {
        Generated generated = completing.complete(principal, request, piece -> {});
        return writer.whole(
                generated.text(),
                FinishWords.of(generated.finish()),
                Completion.Usage.of(generated.promptTokens(), generated.outputTokens()),
                null);
    }

    private static HttpResponse<?> whole(Completion completion) {
        return HttpResponse.ok(completion).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    private static HttpResponse<?> streaming(org.reactivestreams.Publisher<?> chunks) {
        return HttpResponse.ok(chunks).contentType(MediaType.TEXT_EVENT_STREAM_TYPE);
    }

    private void requireQuestion(String question) {
        if (question.isBlank() || question.length() > settings.maxQuestionLength()) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "A question has 1 to " + settings.maxQuestionLength() + " characters, but this one has "
                            + question.length() + ".");
        }
    }

    private void requireChatModel(String model) {
        String name = generator.model().name();
        if (!model.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
            throw new Refused(
                    HttpStatus.NOT_FOUND,
                    "The model \"" + model + "\" does not exist here; " + name
                            + " does, and cartulary:<collection> for answers from documents.");
        }
    }

    @Serdeable
    record ModelList(String object, List<ModelEntry> data) {}

    @Serdeable
    record ModelEntry(
            String id,
            String object,
            long created,

            @com.fasterxml.jackson.annotation.JsonProperty("owned_by")
            String ownedBy) {}
}
