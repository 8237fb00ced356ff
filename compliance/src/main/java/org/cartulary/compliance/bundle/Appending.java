package org.cartulary.compliance.bundle;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file that grows at its end through a buffer, and of which bytes that were written can be replaced. For one thread. */
final class Appending extends OutputStream {
    private static final int BUFFER_BYTES = 1 << 18;

    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private long written;

    Appending(FileChannel file) {
        this.file = file;
    }

    /** Where the next byte goes. */
    long position() {
        return written + buffer.position();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > buffer.remaining()) {
            flush();
        }
        if (length > buffer.remaining()) {
            written = write(ByteBuffer.wrap(bytes, offset, length), written);
        } else {
            buffer.put(bytes, offset, length);
        }
    }

    @Override
    public void flush() throws IOException {
        written = write(buffer.flip(), written);
        buffer.clear();
    }

    /** Puts bytes in the place of others. */
    void replace(long at, byte[] bytes) throws IOException {
        flush();
        write(ByteBuffer.wrap(bytes), at);
    }

    private long write(ByteBuffer bytes, long at) throws IOException {
        long next = at;
        while (bytes.hasRemaining()) {
            next += file.write(bytes, next);
        }
        return next;
    }
}
