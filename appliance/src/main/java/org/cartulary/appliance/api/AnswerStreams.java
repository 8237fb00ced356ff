package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.sse.Event;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.cartulary.appliance.access.Problems;
import org.cartulary.appliance.asking.Answer;
import org.cartulary.appliance.asking.AnswerListener;
import org.cartulary.appliance.asking.Presence;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * Runs an answer on a thread of its own and turns what happens into events. A client that goes away cancels the answer; a
 * slow one is buffered up to the answer's own length, which is limited.
 */
@Singleton
final class AnswerStreams {
    /** Makes an answer while a listener watches. */
    @FunctionalInterface
    interface Making {
        Answer run(Presence presence, AnswerListener listener);
    }

    private final ExecutorService executor;
    private final Problems problems;

    AnswerStreams(@Named(TaskExecutors.BLOCKING) ExecutorService executor, Problems problems) {
        this.executor = executor;
        this.problems = problems;
    }

    Publisher<Event<Object>> of(String caller, Making making) {
        return Flux.create(sink -> executor.execute(() -> run(caller, making, sink)), FluxSink.OverflowStrategy.BUFFER);
    }

    private void run(String caller, Making making, FluxSink<Event<Object>> sink) {
        Presence presence = new Presence(caller);
        sink.onCancel(presence::leave);
        try {
            Answer answer = making.run(presence, new Watching(presence, sink));
            sink.next(Event.<Object>of(AnswerView.of(answer)).name("final"));
        } catch (RuntimeException e) {
            sink.next(Event.<Object>of(problems.of(e)).name("problem"));
        } finally {
            // Also after an Error, which would otherwise leave the client waiting for ever.
            sink.complete();
        }
    }

    private record Watching(Presence presence, FluxSink<Event<Object>> sink) implements AnswerListener {
        @Override
        public void accepted(long number) {
            send("accepted", new Accepted(number));
        }

        @Override
        public void sources(List<Answer.Citation> sources) {
            send(
                    "sources",
                    new Sources(
                            sources.stream().map(AnswerView.CitationView::of).toList()));
        }

        @Override
        public void delta(String text) {
            send("delta", new Delta(text));
        }

        private void send(String name, Object data) {
            presence.require();
            sink.next(Event.of(data).name(name));
        }
    }

    @Serdeable
    record Accepted(long number) {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Sources(List<AnswerView.CitationView> sources) {}

    @Serdeable
    record Delta(String text) {}
}
