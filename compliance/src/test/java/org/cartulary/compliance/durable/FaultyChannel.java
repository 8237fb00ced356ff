package org.cartulary.compliance.durable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of a {@link FaultyDisk}: a write that fails has written half, a sync that fails may have lost all. */
final class FaultyChannel extends FileChannel {
    private final FileChannel channel;
    private final Path file;
    private final FaultyDisk disk;

    FaultyChannel(FileChannel channel, Path file, FaultyDisk disk) {
        this.channel = channel;
        this.file = file;
        this.disk = disk;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int written = write(bytes, channel.position());
        channel.position(channel.position() + written);
        return written;
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
        disk.dirty(file);
        try {
            disk.before(FaultyDisk.Act.WRITE, file);
        } catch (IOException e) {
            channel.write(bytes.slice(bytes.position(), bytes.remaining() / 2), position);
            throw e;
        }
        return channel.write(bytes, position);
    }

    @Override
    public void force(boolean metaData) throws IOException {
        disk.sync(file);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return channel.read(target);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        return channel.read(targets, offset, length);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return channel.read(target, position);
    }

    @Override
    public long position() throws IOException {
        return channel.position();
    }

    @Override
    public FileChannel position(long newPosition) throws IOException {
        channel.position(newPosition);
        return this;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public FileChannel truncate(long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return channel.transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return channel.lock(position, size, shared);
    }

    @Override
    public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return channel.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        channel.close();
    }
}
