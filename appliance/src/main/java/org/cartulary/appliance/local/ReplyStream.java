package org.cartulary.appliance.local;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Bytes between the event loop, which offers, and one reader, who takes; holds little more than one read's worth. */
final class ReplyStream extends InputStream {
    private static final int ENOUGH_CHUNKS = 16;

    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private int offset;
    private boolean ended;
    private @Nullable IOException failure;
    private Runnable demand = () -> {};
    private Runnable closing = () -> {};

    synchronized void onDemand(Runnable read) {
        demand = read;
    }

    synchronized void onClose(Runnable close) {
        closing = close;
    }

    synchronized void offer(byte[] bytes) {
        if (bytes.length > 0) {
            chunks.add(bytes);
            notifyAll();
        }
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** An end that comes after the real end is no failure. */
    synchronized void fail(IOException e) {
        if (!ended) {
            failure = e;
            notifyAll();
        }
    }

    synchronized boolean wantsMore() {
        return chunks.size() < ENOUGH_CHUNKS;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] target, int from, int length) throws IOException {
        awaitChange();
        byte[] chunk = chunks.peek();
        if (chunk == null) {
            if (failure != null) {
                throw failure;
            }
            return -1;
        }
        int count = Math.min(length, chunk.length - offset);
        System.arraycopy(chunk, offset, target, from, count);
        offset += count;
        if (offset == chunk.length) {
            chunks.remove();
            offset = 0;
        }
        return count;
    }

    private synchronized void awaitChange() throws IOException {
        try {
            while (chunks.isEmpty() && !ended && failure == null) {
                demand.run();
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        Runnable close;
        synchronized (this) {
            close = closing;
            ended = true;
        }
        close.run();
    }
}
