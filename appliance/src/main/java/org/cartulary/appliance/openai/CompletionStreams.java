package org.cartulary.appliance.openai;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.sse.Event;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.cartulary.appliance.access.OpenAiError;
import org.cartulary.appliance.access.Problem;
import org.cartulary.appliance.access.Problems;
import org.cartulary.appliance.api.AnswerView;
import org.cartulary.appliance.asking.Answer;
import org.cartulary.appliance.asking.AnswerListener;
import org.cartulary.appliance.asking.QuestionCancelled;
import org.cartulary.inference.Generated;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/** Completions as a stream of chunks that ends with {@code [DONE]}. */
@Singleton
final class CompletionStreams {
    /** Makes an answer from documents while a listener watches. */
    @FunctionalInterface
    interface Answering {
        Answer run(AnswerListener listener);
    }

    /** Makes text, handing out pieces. */
    @FunctionalInterface
    interface Generating {
        Generated run(Consumer<String> pieces);
    }

    private static final String DONE = "[DONE]";

    private final ExecutorService executor;
    private final Problems problems;

    CompletionStreams(@Named(TaskExecutors.BLOCKING) ExecutorService executor, Problems problems) {
        this.executor = executor;
        this.problems = problems;
    }

    /**
     * An answer from documents. A client of this interface cannot take text back, so nothing provisional is sent: the text
     * comes when it is final, and the last chunk carries citations and receipt.
     */
    Publisher<Event<Object>> ofAnswer(CompletionWriter writer, Answering answering) {
        return stream(sink -> {
            send(sink, writer.first());
            Answer answer = answering.run(new Watching(sink));
            send(sink, writer.piece(answer.text()));
            send(sink, writer.end("stop"));
            send(sink, writer.last(null, AnswerView.of(answer)));
        });
    }

    /** Text of the model alone. */
    Publisher<Event<Object>> ofText(CompletionWriter writer, Generating generating) {
        return stream(sink -> {
            send(sink, writer.first());
            Generated generated = generating.run(piece -> send(sink, writer.piece(piece)));
            send(sink, writer.end(FinishWords.of(generated.finish())));
            send(sink, writer.last(Completion.Usage.of(generated.promptTokens(), generated.outputTokens()), null));
        });
    }

    private Publisher<Event<Object>> stream(Consumer<FluxSink<Event<Object>>> work) {
        return Flux.create(
                sink -> executor.execute(() -> {
                    try {
                        work.accept(sink);
                    } catch (RuntimeException e) {
                        Problem problem = problems.of(e);
                        sink.next(Event.of(OpenAiError.of(HttpStatus.valueOf(problem.status()), problem.detail())));
                    } finally {
                        // Also after an Error, which would otherwise leave the client waiting for ever.
                        sink.next(Event.of(DONE));
                        sink.complete();
                    }
                }),
                FluxSink.OverflowStrategy.BUFFER);
    }

    private static void send(FluxSink<Event<Object>> sink, Object chunk) {
        if (sink.isCancelled()) {
            throw new QuestionCancelled();
        }
        sink.next(Event.of(chunk));
    }

    /** Watches only for the client's going away. */
    private record Watching(FluxSink<Event<Object>> sink) implements AnswerListener {
        @Override
        public void delta(String text) {
            if (sink.isCancelled()) {
                throw new QuestionCancelled();
            }
        }
    }
}
