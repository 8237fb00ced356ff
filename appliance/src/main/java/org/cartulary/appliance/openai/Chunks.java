package org.cartulary.appliance.openai;

import io.micronaut.http.sse.Event;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.cartulary.appliance.asking.Presence;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Sinks;

/**
 * The chunks of one stream on their way out. Until the first is sent, a failure is still an ordinary response with its own
 * status; afterwards it can only be an event. Filled by one thread, awaited by another. A reader that is slow is buffered
 * up to the answer's own length, which is limited.
 */
final class Chunks {
    private static final String DONE = "[DONE]";

    private final Presence presence;
    private final Sinks.Many<Event<Object>> sink = Sinks.many().unicast().onBackpressureBuffer();
    private final CompletableFuture<Void> begun = new CompletableFuture<>();

    Chunks(Presence presence) {
        this.presence = presence;
    }

    /**
     * Sends a chunk.
     *
     * @throws org.cartulary.appliance.asking.QuestionCancelled when nobody reads any more
     */
    void send(Object chunk) {
        presence.require();
        emit(chunk);
        begun.complete(null);
    }

    /** Takes a failure as the stream's beginning; false where it has begun already. */
    boolean failToBegin(Throwable fault) {
        return begun.completeExceptionally(fault);
    }

    /** Sends an error after the first chunk. */
    void sendError(Object error) {
        emit(error);
    }

    /** Ends the stream, with the mark that clients wait for. */
    void end() {
        emit(DONE);
        sink.tryEmitComplete();
    }

    /**
     * Waits for the first chunk.
     *
     * @return the chunks, for one reader; his going away ends the presence
     * @throws RuntimeException what kept the stream from beginning
     */
    Publisher<Event<Object>> whenBegun() {
        try {
            begun.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw e;
        }
        return sink.asFlux().doOnCancel(presence::leave);
    }

    /** A reader who has gone takes nothing more; the presence says so to whoever sends. */
    private void emit(Object data) {
        sink.tryEmitNext(Event.of(data));
    }
}
