package org.cartulary.appliance.api;

import io.micronaut.http.sse.Event;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.cartulary.appliance.access.Problems;
import org.cartulary.appliance.asking.QuestionCancelled;
import org.cartulary.appliance.models.ModelProgress;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * Work of minutes as events: {@code progress} while it goes on, {@code alive} where nothing is to be told for a while, then
 * {@code final} or {@code problem}.
 */
@Singleton
final class ProgressStreams {
    /** Well below the time after which the server closes a silent connection. */
    private static final Duration PULSE = Duration.ofSeconds(15);

    private static final Set<String> LAST = Set.of("final", "problem");

    private final ExecutorService executor;
    private final Problems problems;

    ProgressStreams(@Named(TaskExecutors.BLOCKING) ExecutorService executor, Problems problems) {
        this.executor = executor;
        this.problems = problems;
    }

    /** A client that goes away ends the work at its next step. */
    Publisher<Event<Object>> of(Function<ModelProgress, Object> work) {
        Flux<Event<Object>> events =
                Flux.create(sink -> executor.execute(() -> run(work, sink)), FluxSink.OverflowStrategy.BUFFER);
        Flux<Event<Object>> pulse = Flux.interval(PULSE)
                .map(tick -> Event.<Object>of(new Alive(tick)).name("alive"));
        return events.mergeWith(pulse).takeUntil(event -> LAST.contains(event.getName()));
    }

    private void run(Function<ModelProgress, Object> work, FluxSink<Event<Object>> sink) {
        try {
            Object outcome = work.apply((step, done, total) -> {
                if (sink.isCancelled()) {
                    throw new QuestionCancelled();
                }
                sink.next(Event.<Object>of(new Progress(step, done, total)).name("progress"));
            });
            sink.next(Event.<Object>of(outcome).name("final"));
        } catch (RuntimeException e) {
            sink.next(Event.<Object>of(problems.of(e)).name("problem"));
        } finally {
            sink.complete();
        }
    }

    @Serdeable
    record Progress(String step, long doneBytes, long totalBytes) {}

    @Serdeable
    record Alive(long tick) {}
}
