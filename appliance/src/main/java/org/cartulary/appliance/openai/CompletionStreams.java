package org.cartulary.appliance.openai;

import io.micronaut.http.sse.Event;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.cartulary.appliance.access.OpenAiError;
import org.cartulary.appliance.access.Problems;
import org.cartulary.appliance.api.AnswerView;
import org.cartulary.appliance.api.CallerWatch;
import org.cartulary.appliance.asking.Answer;
import org.cartulary.appliance.asking.AnswerListener;
import org.cartulary.appliance.asking.ModelReading;
import org.cartulary.inference.ChatStream;
import org.cartulary.inference.Generated;
import org.reactivestreams.Publisher;

/**
 * Completions as a stream of chunks that ends with {@code [DONE]}. Each is made on a thread of its own, and returned once
 * it has begun: what is refused before gets the status it deserves.
 */
@Singleton
final class CompletionStreams {
    /** Makes an answer from documents while a listener watches. */
    @FunctionalInterface
    interface Answering {
        Answer run(AnswerListener listener);
    }

    /** Makes text while a listener takes its pieces. */
    @FunctionalInterface
    interface Generating {
        Generated run(ModelReading.Listener listener);
    }

    private final ExecutorService executor;
    private final Problems problems;

    CompletionStreams(@Named(TaskExecutors.BLOCKING) ExecutorService executor, Problems problems) {
        this.executor = executor;
        this.problems = problems;
    }

    /**
     * An answer from documents. A client of this interface cannot take text back, so nothing provisional is sent: the text
     * comes when it is final, and the last chunk carries citations and receipt.
     *
     * @param watch is closed when the answer is made
     */
    Publisher<Event<Object>> ofAnswer(CompletionWriter writer, CallerWatch watch, Answering answering) {
        return begin(watch, chunks -> {
            Answer answer = answering.run(new AnswerListener() {
                @Override
                public void sources(List<Answer.Citation> sources) {
                    chunks.send(writer.first());
                }
            });
            chunks.send(writer.piece(answer.text()));
            chunks.send(writer.end("stop"));
            chunks.send(writer.last(null, AnswerView.of(answer)));
        });
    }

    /**
     * Text of the model alone.
     *
     * @param watch is closed when the text is made
     */
    Publisher<Event<Object>> ofText(
            CompletionWriter writer, CallerWatch watch, boolean includeUsage, Generating generating) {
        return begin(watch, chunks -> {
            Generated generated = generating.run(new Sending(chunks, writer));
            chunks.send(writer.end(FinishWords.of(generated.finish())));
            if (includeUsage) {
                chunks.send(writer.last(Completion.Usage.of(generated), null));
            }
        });
    }

    private Publisher<Event<Object>> begin(CallerWatch watch, Consumer<Chunks> work) {
        Chunks chunks = new Chunks(watch.presence());
        executor.execute(() -> {
            try (watch) {
                run(chunks, work);
            }
        });
        return chunks.whenBegun();
    }

    private void run(Chunks chunks, Consumer<Chunks> work) {
        try {
            work.accept(chunks);
        } catch (RuntimeException | Error e) {
            if (!chunks.failToBegin(e)) {
                chunks.sendError(OpenAiError.of(e, problems.of(e)));
            }
        } finally {
            chunks.end();
        }
    }

    /** Sends pieces as they come. */
    private record Sending(Chunks chunks, CompletionWriter writer) implements ModelReading.Listener {
        @Override
        public void accepted() {
            chunks.send(writer.first());
        }

        @Override
        public void piece(String text, ChatStream stream) {
            chunks.send(writer.piece(text, stream.logprobs()));
        }
    }
}
