package org.cartulary.inference.protocol;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One end of a conversation. {@link #send} never waits for the peer: a thread of its own writes what is queued, and
 * credits keep the queue short. {@link #receive} is for one thread; the rest is thread-safe.
 */
public final class Connection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** Frames that wait to be written at most; a peer that does not read so many is given up. */
    private static final int MAX_QUEUED_FRAMES = 16_384;

    private final ByteChannel channel;
    private final BlockingQueue<ByteBuffer> outgoing = new LinkedBlockingQueue<>(MAX_QUEUED_FRAMES);
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Whether the peer can be told nothing any more, though what it said may still be there to be read. */
    private volatile boolean deaf;

    private final Thread writer;

    /** Takes over the channel, and closes it in the end. */
    public Connection(ByteChannel channel, String name) {
        this.channel = channel;
        // Of the system's own: threads that compute beside it must not keep it from its turn.
        this.writer = Thread.ofPlatform().name(name + "-writer").daemon().start(this::write);
    }

    /**
     * Queues a frame.
     *
     * @throws FrameTooLarge when no frame can carry the message
     */
    public void send(long request, Message message) {
        ByteBuffer bytes = FrameCodec.encode(new Frame(request, message));
        if (!closed.get() && !deaf && !outgoing.offer(bytes)) {
            LOG.warn("The peer has not read {} frames; closing the connection", MAX_QUEUED_FRAMES);
            close();
        }
    }

    /**
     * Waits for the next frame.
     *
     * @throws EOFException when the peer is gone
     * @throws ProtocolViolation when it sent no frame; it has been told why, and the connection is closed
     */
    public Frame receive() throws IOException {
        try {
            ByteBuffer prefix = read(4);
            int length = prefix.getInt();
            if (length < FrameCodec.HEAD_BYTES || length > Frame.MAX_BYTES) {
                throw new ProtocolViolation("A frame of " + length + " bytes; " + FrameCodec.HEAD_BYTES + " to "
                        + Frame.MAX_BYTES + " are possible");
            }
            return FrameCodec.decode(read(length));
        } catch (ProtocolViolation e) {
            leave(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    /** Tells the peer why, and closes once that is written or cannot be. */
    public void leave(String reason) {
        send(0, new Message.Goodbye(reason));
        if (!outgoing.offer(ByteBuffer.allocate(0))) {
            close();
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            writer.interrupt();
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("Closing a connection failed", e);
            }
        }
    }

    private void write() {
        try {
            while (!closed.get()) {
                ByteBuffer bytes = outgoing.take();
                if (!bytes.hasRemaining()) {
                    break;
                }
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
        } catch (IOException e) {
            // Not closed here: what the peer said last is read to its end, and whoever reads it closes then.
            LOG.debug("Writing to a connection ended", e);
            deaf = true;
            outgoing.clear();
            return;
        } catch (InterruptedException e) {
            LOG.debug("Writing to a connection ended", e);
        }
        close();
    }

    /** Grows with what really arrives, so that a length field alone costs no memory. */
    private ByteBuffer read(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.min(length, 1 << 16));
        while (bytes.position() < length) {
            if (!bytes.hasRemaining()) {
                bytes = ByteBuffer.allocate(Math.min(length, bytes.capacity() * 4))
                        .put(bytes.flip());
            }
            if (channel.read(bytes) < 0) {
                throw new EOFException("The peer closed the connection");
            }
        }
        return bytes.flip();
    }
}
