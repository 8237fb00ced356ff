package org.cartulary.appliance.openai;

import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.cartulary.appliance.api.AnswerView;
import org.cartulary.appliance.api.CallerWatch;
import org.cartulary.appliance.api.Reading;
import org.cartulary.appliance.asking.AnswerListener;
import org.cartulary.appliance.asking.Asking;
import org.cartulary.appliance.asking.Question;
import org.cartulary.appliance.asking.Wishes;
import org.cartulary.appliance.settings.Settings;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.purpose.Stated;
import org.cartulary.retrieval.catalog.Collection;
import org.cartulary.retrieval.understanding.Wording;

/** Completions that answer from documents. Thread-safe. */
@Singleton
final class DocumentCompletions {
    private final Asking asking;
    private final CompletionStreams streams;
    private final Reading reading;
    private final Settings settings;
    private final Clock clock;

    DocumentCompletions(Asking asking, CompletionStreams streams, Reading reading, Settings settings, Clock clock) {
        this.asking = asking;
        this.streams = streams;
        this.reading = reading;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The response to a question.
     *
     * @param stated why he asks, from the headers {@code Cartulary-Purpose} and {@code Cartulary-Reference}
     * @param watch of the caller; a stream closes it when it ends
     */
    MutableHttpResponse<?> respond(CompletionRequest request, Principal caller, Stated stated, CallerWatch watch) {
        Collection collection = reading.forQuestion(request.collection(), caller, stated);
        Question question =
                new Question(checked(request.question()), collection, Wishes.IN_FORCE, stated, earlier(request));
        CompletionWriter writer = new CompletionWriter(
                "chatcmpl-" + UUID.randomUUID(), clock.instant().getEpochSecond(), request.model(), null);
        MutableHttpResponse<?> response = request.stream()
                ? CompletionController.streaming(streams.ofAnswer(
                        writer, watch, listener -> asking.ask(caller, question, watch.presence(), listener)))
                : CompletionController.whole(writer.whole(
                        AnswerView.of(asking.ask(caller, question, watch.presence(), new AnswerListener() {}))));
        if (!request.withoutEffect().isEmpty()) {
            response.header(CompletionController.WITHOUT_EFFECT, String.join(", ", request.withoutEffect()));
        }
        return response;
    }

    private static Wording earlier(CompletionRequest request) {
        return new Wording(null, false, List.of(), request.earlier());
    }

    private String checked(String question) {
        if (question.isBlank() || question.length() > settings.maxQuestionLength()) {
            throw Parameters.refused(
                    "messages",
                    "A question has 1 to " + settings.maxQuestionLength() + " characters, but this one has "
                            + question.length() + ".");
        }
        return question;
    }
}
