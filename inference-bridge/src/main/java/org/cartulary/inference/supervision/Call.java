package org.cartulary.inference.supervision;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.protocol.Message;
import org.jspecify.annotations.Nullable;

/** A request under way: what the worker said about it and nobody has read yet. Credits bound it. */
final class Call implements AutoCloseable {
    private final long request;
    private final WorkerLink link;
    private final BlockingQueue<Message> replies = new LinkedBlockingQueue<>();
    private @Nullable Message first;

    Call(long request, WorkerLink link) {
        this.request = request;
        this.link = link;
    }

    void deliver(Message message) {
        replies.add(message);
    }

    /**
     * Waits until the worker has said something about the request, which stays to be read.
     *
     * @throws InferenceRefused when it refused
     * @throws InferenceFailed when it failed or said nothing in time
     */
    void awaitFirst(Duration patience) {
        first = next(patience);
    }

    /**
     * Waits for what the worker says next.
     *
     * @throws InferenceRefused when it refused
     * @throws InferenceFailed when it failed or said nothing in time
     */
    Message next(Duration patience) {
        if (first != null) {
            Message kept = first;
            first = null;
            return kept;
        }
        Message message = poll(patience);
        if (message instanceof Message.Refused refused) {
            throw new InferenceRefused(refused.refusal());
        }
        if (message instanceof Message.Failed failed) {
            throw new InferenceFailed(failed.reason());
        }
        return message;
    }

    void send(Message message) {
        link.send(request, message);
    }

    /** Forgets the request; what the worker still says about it is dropped. */
    @Override
    public void close() {
        link.forget(request);
    }

    private Message poll(Duration patience) {
        try {
            Message message = replies.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (message != null) {
                return message;
            }
            send(new Message.Cancel());
            throw new InferenceFailed("The worker has not answered within " + patience.toSeconds()
                    + " seconds: try again, or ask for less at once.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            send(new Message.Cancel());
            throw new InferenceFailed("The call was interrupted.", e);
        }
    }
}
