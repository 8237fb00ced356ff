package org.cartulary.inference.supervision;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.InferenceRefused;
import org.cartulary.inference.Refusal;
import org.cartulary.inference.protocol.Connection;
import org.cartulary.inference.protocol.Frame;
import org.cartulary.inference.protocol.FrameTooLarge;
import org.cartulary.inference.protocol.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls to one worker process. Lives and dies with it. Thread-safe. */
final class WorkerLink {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerLink.class);

    /** Hears what concerns the worker as a whole, on the link's thread. */
    interface Listener {
        void heard(Message message);

        void ended();
    }

    private final Connection connection;
    private final Listener listener;
    private final AtomicLong requests = new AtomicLong();
    private final Map<Long, Call> calls = new ConcurrentHashMap<>();
    private final CountDownLatch read = new CountDownLatch(1);
    private volatile @Nullable String failure;

    WorkerLink(Connection connection, Listener listener, String name) {
        this.connection = connection;
        this.listener = listener;
        Thread.ofPlatform().name(name + "-reader").daemon().start(this::read);
    }

    /**
     * Begins a request; close the call to end it.
     *
     * @throws InferenceFailed when the worker is gone
     * @throws InferenceRefused when the message is too large
     */
    Call begin(Message message) {
        long request = requests.incrementAndGet();
        Call call = new Call(request, this);
        calls.put(request, call);
        String gone = failure;
        if (gone != null) {
            call.deliver(new Message.Failed(gone));
            return call;
        }
        try {
            connection.send(request, message);
        } catch (FrameTooLarge e) {
            calls.remove(request);
            throw new InferenceRefused(new Refusal.BadRequest(String.valueOf(e.getMessage())));
        }
        return call;
    }

    /** A request with one reply. */
    Message ask(Message message, Duration patience) {
        try (Call call = begin(message)) {
            return call.next(patience);
        }
    }

    void send(long request, Message message) {
        connection.send(request, message);
    }

    /** Whether no call is under way. */
    boolean idle() {
        return calls.isEmpty();
    }

    void forget(long request) {
        calls.remove(request);
    }

    /**
     * Waits until everything that a process sent before it ended has reached its calls: an answer that was whole when its
     * worker stopped is not to be lost to whoever reads slower than that.
     */
    void awaitRead(Duration patience) {
        try {
            boolean _ = read.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends every call with this reason; those that begin later end with it too. */
    void fail(String reason) {
        failure = reason;
        calls.values().forEach(call -> call.deliver(new Message.Failed(reason)));
        connection.close();
    }

    private void read() {
        try {
            while (true) {
                Frame frame = connection.receive();
                if (frame.request() == 0) {
                    listener.heard(frame.message());
                } else {
                    Call call = calls.get(frame.request());
                    if (call != null) {
                        call.deliver(frame.message());
                    }
                }
            }
        } catch (IOException e) {
            LOG.debug("A worker's connection ended", e);
        } finally {
            read.countDown();
            listener.ended();
        }
    }
}
