package org.cartulary.inference.worker;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.protocol.Connection;
import org.cartulary.inference.protocol.FrameTooLarge;
import org.cartulary.inference.protocol.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers to requests, faults included: one bad request must not end the worker. Thread-safe. */
final class Replies {
    private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

    /** Exit code of a worker whose engine failed its check. */
    private static final int WRONG_NUMBERS = 4;

    /** Tokenising and rendering compute: more threads than cores gain nothing, and virtual ones starve each other. */
    private static final int WORKERS = 4;

    private final ExecutorService workers = Executors.newFixedThreadPool(
            WORKERS, Thread.ofPlatform().name("request-", 0).daemon().factory());
    private final Connection connection;

    Replies(Connection connection) {
        this.connection = connection;
    }

    void send(long request, Message message) {
        connection.send(request, message);
    }

    /** Sends what the work gives, or why it gave nothing. */
    void send(long request, Supplier<Message> work) {
        try {
            connection.send(request, work.get());
        } catch (RuntimeException e) {
            fail(request, e);
        }
    }

    /** As {@link #send(long, Supplier)}, on another thread. */
    void sendLater(long request, Supplier<Message> work) {
        later(() -> send(request, work));
    }

    /** Runs short work that computes on another thread. */
    void later(Runnable work) {
        workers.execute(work);
    }

    /** Ends the worker, because what it would answer from now on is wrong; the appliance starts another. */
    void abandon(RuntimeException reason) {
        LOG.error("This worker ends itself", reason);
        Runtime.getRuntime().halt(WRONG_NUMBERS);
    }

    void fail(long request, Throwable fault) {
        if (fault instanceof InferenceRefused refused) {
            send(request, new Message.Refused(refused.refusal()));
        } else if (fault instanceof CancellationException) {
            send(request, new Message.Failed("The request was cancelled."));
        } else if (fault instanceof FrameTooLarge) {
            send(request, new Message.Failed(String.valueOf(fault.getMessage())));
        } else {
            LOG.error("Request {} failed", request, fault);
            send(request, new Message.Failed(String.valueOf(fault.getMessage())));
        }
    }
}
