package org.cartulary.compliance.evidence;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import javax.crypto.SecretKey;
import org.cartulary.compliance.durable.DurableFiles;
import org.cartulary.compliance.keys.KeyUnusable;
import org.cartulary.compliance.keys.Seal;

/**
 * A file of a fixed size, all of it allocated beforehand, that takes sealed notes one after the other where no other byte can be
 * written. Each is durable once the call returns. After a header of {@value #HEADER_BYTES} bytes (a magic line, and 16 random
 * bytes that change with each clearing) come length (int) and {@link Seal}ed, deflated bytes of each note, its place as the id;
 * what does not open ends them. Thread-safe.
 */
final class Spool implements AutoCloseable {
    private static final byte[] MAGIC = "cartulary spool/1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int EPOCH_BYTES = 16;
    private static final int HEADER_BYTES = 64;
    private static final int BLOCK = 1024 * 1024;

    private final FileChannel channel;
    private final Function<String, SecretKey> keys;
    private final long bytes;
    private SecretKey key;

    /** Where notes begin. */
    private final List<Long> notes = new ArrayList<>();

    private long end = HEADER_BYTES;

    private Spool(FileChannel channel, Function<String, SecretKey> keys) throws IOException {
        this.channel = channel;
        this.keys = keys;
        this.bytes = channel.size();
        this.key = key();
        find();
    }

    /**
     * Opens a spool, and makes it where it is absent, or holds nothing and has another size.
     *
     * @param bytes 0 for whatever it has
     * @param keys the key of a label
     * @throws IOException where there is no room for it
     */
    static Spool open(Path file, long bytes, Function<String, SecretKey> keys) throws IOException {
        if (Files.exists(file)) {
            Spool spool = existing(file, keys);
            if (!spool.isEmpty() || bytes == 0 || spool.bytes() == bytes) {
                return spool;
            }
            spool.close();
        }
        DurableFiles.buildSecret(file, channel -> allocate(channel, bytes));
        return existing(file, keys);
    }

    private static Spool existing(Path file, Function<String, SecretKey> keys) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            return new Spool(channel, keys);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void allocate(FileChannel channel, long bytes) throws IOException {
        ByteBuffer block = ByteBuffer.wrap(new byte[BLOCK]);
        for (long at = 0; at < bytes; at += block.limit()) {
            block.clear().limit((int) Math.min(BLOCK, bytes - at));
            writeFully(channel, block, at);
        }
        writeFully(channel, header(), 0);
    }

    private static ByteBuffer header() {
        byte[] epoch = new byte[EPOCH_BYTES];
        new SecureRandom().nextBytes(epoch);
        return ByteBuffer.allocate(MAGIC.length + EPOCH_BYTES)
                .put(MAGIC)
                .put(epoch)
                .flip();
    }

    private SecretKey key() throws IOException {
        ByteBuffer header = read(0, MAGIC.length + EPOCH_BYTES);
        byte[] magic = new byte[MAGIC.length];
        header.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new IOException("not a spool");
        }
        byte[] epoch = new byte[EPOCH_BYTES];
        header.get(epoch);
        return keys.apply("cartulary/v1 library spool " + HexFormat.of().formatHex(epoch));
    }

    private void find() throws IOException {
        int length = lengthAt(end);
        while (length > 0) {
            try {
                Seal.open(
                        key,
                        notes.size() + 1L,
                        read(end + Integer.BYTES, length).array());
            } catch (KeyUnusable e) {
                return; // cut off before it was durable, or of a time before the last clearing
            }
            notes.add(end);
            end += Integer.BYTES + length;
            length = lengthAt(end);
        }
    }

    /** Of a note that may begin there; 0 where none can. */
    private int lengthAt(long at) throws IOException {
        if (at + Integer.BYTES > bytes) {
            return 0;
        }
        int length = read(at, Integer.BYTES).getInt();
        return length >= Seal.OVERHEAD_BYTES && at + Integer.BYTES + length <= bytes ? length : 0;
    }

    /** Of the file. */
    long bytes() {
        return bytes;
    }

    /** Bytes that are left. */
    synchronized long room() {
        return bytes - end;
    }

    synchronized int size() {
        return notes.size();
    }

    boolean isEmpty() {
        return size() == 0;
    }

    /**
     * Adds a note.
     *
     * @throws IOException where it does not fit, or the disk fails
     */
    synchronized void add(byte[] note) throws IOException {
        byte[] sealed = Seal.seal(key, notes.size() + 1L, deflated(note));
        int length = Integer.BYTES + sealed.length;
        if (length > room()) {
            throw new IOException("the spool of " + bytes + " bytes is full");
        }
        // The length that follows is none, whatever stood there before.
        ByteBuffer written = ByteBuffer.allocate((int) Math.min(length + (long) Integer.BYTES, room()));
        written.putInt(sealed.length).put(sealed).clear();
        writeFully(channel, written, end);
        channel.force(false);
        notes.add(end);
        end += length;
    }

    /** The note of an index from 0 on. */
    synchronized byte[] get(int index) throws IOException {
        long at = notes.get(index);
        byte[] sealed = read(at + Integer.BYTES, lengthAt(at)).array();
        return inflated(Seal.open(key, index + 1L, sealed));
    }

    /** Forgets all notes, if there are not more than so many by now. */
    synchronized boolean clear(int expected) throws IOException {
        if (notes.size() != expected) {
            return false;
        }
        writeFully(channel, header(), 0);
        channel.force(false);
        key = key();
        notes.clear();
        end = HEADER_BYTES;
        return true;
    }

    private ByteBuffer read(long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new IOException("the spool is cut off at byte " + (at + buffer.position()));
            }
        }
        return buffer.flip();
    }

    private static void writeFully(FileChannel channel, ByteBuffer content, long offset) throws IOException {
        long at = offset;
        while (content.hasRemaining()) {
            at += channel.write(content, at);
        }
    }

    private static byte[] deflated(byte[] clear) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes)) {
            deflater.write(clear);
        }
        return bytes.toByteArray();
    }

    private static byte[] inflated(byte[] deflated) throws IOException {
        try (InflaterInputStream inflater = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
            return inflater.readAllBytes();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }
}
