package org.cartulary.appliance.api;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.sse.Event;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.serde.annotation.Serdeable;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.asking.AnswerListener;
import org.cartulary.appliance.asking.Asking;
import org.cartulary.appliance.settings.Settings;
import org.cartulary.retrieval.catalog.Collection;
import org.reactivestreams.Publisher;

/** Asking: one object when the answer is final, or events while it is made. */
@Controller("/api/ask")
@Secured(SecurityRule.IS_AUTHENTICATED)
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

    /** Answers when the answer is final. */
    @Post
    @Produces(MediaType.APPLICATION_JSON)
    AnswerView ask(@Body Question question, Authentication caller) {
        Collection collection = checked(question, caller);
        return AnswerView.of(asking.ask(Caller.of(caller), question.question(), collection, new AnswerListener() {}));
    }

    /** Sends events while the answer is made: accepted, sources, delta, then final or problem. */
    @Post
    @Produces(MediaType.TEXT_EVENT_STREAM)
    Publisher<Event<Object>> stream(@Body Question question, Authentication caller) {
        Collection collection = checked(question, caller);
        return streams.of(listener -> asking.ask(Caller.of(caller), question.question(), collection, listener));
    }

    private Collection checked(Question question, Authentication caller) {
        String text = question.question();
        if (text.isBlank() || text.length() > maxQuestionLength) {
            throw new Refused(
                    text.isBlank() ? HttpStatus.BAD_REQUEST : HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                    "A question has 1 to " + maxQuestionLength + " characters, but this one has " + text.length()
                            + ": shorten it.");
        }
        return reading.collection(question.collection(), Caller.of(caller));
    }

    /** A question to one collection. */
    @Serdeable
    record Question(String question, String collection) {}
}
