package org.cartulary.inference.worker;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.PromptCacheStatus;
import org.cartulary.inference.Refusal;
import org.cartulary.inference.protocol.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests whose texts a model reads: at most so many at once, of which a quarter is never one caller's, each
 * cancellable and within its deadline. What embedding and reranking have in common. Thread-safe.
 */
final class TextRequests {
    private static final Logger LOG = LoggerFactory.getLogger(TextRequests.class);

    private final LanePool pool;
    private final Replies replies;
    private final Places places;
    private final Set<Long> running = ConcurrentHashMap.newKeySet();
    private final Set<Long> cancelled = ConcurrentHashMap.newKeySet();

    /** Reads the texts of one request, in order. */
    interface Reader {
        /** Throws when the request was cancelled or is past its deadline; for work between texts. */
        void requireWanted();

        /**
         * What the model makes of each text, in order.
         *
         * @param texts their tokens, all measured before
         */
        List<float[]> read(List<int[]> texts);
    }

    TextRequests(LanePool pool, int queueLength, Replies replies) {
        this.pool = pool;
        this.replies = replies;
        this.places = new Places(queueLength);
    }

    /** Takes a request or refuses it; the work runs on a thread of its own, and what it gives is the reply. */
    void take(long request, Turn turn, long deadlineMillis, Function<Reader, Message> work) {
        if (!places.take(turn.caller())) {
            replies.send(request, new Message.Refused(new Refusal.QueueFull(places.taken(), Duration.ofSeconds(1))));
            return;
        }
        running.add(request);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(deadlineMillis);
        Reader reader = reader(turn, () -> requireWanted(request, deadline));
        // Tokenising computes: on virtual threads it would take the turns of all others.
        Thread.ofPlatform().name("request-" + request).daemon().start(() -> {
            try {
                replies.send(request, () -> work.apply(reader));
            } finally {
                running.remove(request);
                cancelled.remove(request);
                places.leave(turn.caller());
            }
        });
    }

    private Reader reader(Turn turn, Runnable wanted) {
        return new Reader() {
            @Override
            public void requireWanted() {
                wanted.run();
            }

            @Override
            public List<float[]> read(List<int[]> texts) {
                return pool.all(texts, turn, wanted);
            }
        };
    }

    /**
     * Takes a message that does not ask for reading: counting tokens, or the end of a request.
     *
     * @param count tokens of a text
     */
    void handle(long request, Message message, ToIntFunction<String> count) {
        switch (message) {
            case Message.CountTokens asked ->
                replies.sendLater(
                        request,
                        () -> new Message.Counts(
                                asked.texts().stream().mapToInt(count).boxed().toList()));
            case Message.Cancel cancel -> cancel(request);
            default -> replies.fail(request, new UnsupportedOperationException("This worker cannot do this."));
        }
    }

    /** Ends a request at its next text. */
    private void cancel(long request) {
        if (running.contains(request)) {
            cancelled.add(request);
        }
    }

    Message.Beat beat() {
        int taken = places.taken();
        return new Message.Beat(
                pool.progress(), taken > 0, taken, 0, pool.tokensPerSecond(), 0, PromptCacheStatus.NOTHING);
    }

    /** Waits until no request runs, or the time is over; none is taken afterwards. */
    void drain(Duration patience) {
        if (!places.close(patience)) {
            LOG.warn("Some texts were not read within {}", patience);
        }
    }

    private void requireWanted(long request, long deadline) {
        if (cancelled.contains(request)) {
            throw new InferenceRefused(new Refusal.BadRequest("The request was cancelled."));
        }
        if (System.nanoTime() - deadline >= 0) {
            throw new IllegalStateException(
                    "The texts could not be read before the deadline: allow more time or send fewer.");
        }
    }
}
