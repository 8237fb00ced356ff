package org.cartulary.retrieval.originals;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.UUID;

/** Reads an encrypted original, giving out only chunks that proved genuine. Used by one thread. */
final class DecryptingStream extends InputStream {
    private static final int SEALED_BYTES = ChunkCipher.CHUNK_BYTES + ChunkCipher.TAG_BYTES;

    private final InputStream in;
    private final ChunkCipher cipher;
    private final UUID document;
    private byte[] ahead;
    private byte[] plain = new byte[0];
    private int position;
    private boolean ended;

    DecryptingStream(InputStream in, ChunkCipher cipher, UUID document) throws IOException {
        this.in = in;
        this.cipher = cipher;
        this.document = document;
        this.ahead = in.readNBytes(SEALED_BYTES);
    }

    @Override
    public int read() throws IOException {
        return fill() ? plain[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, plain.length - position);
        System.arraycopy(plain, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean fill() throws IOException {
        while (position == plain.length) {
            if (ended) {
                return false;
            }
            byte[] sealed = ahead;
            ahead = in.readNBytes(SEALED_BYTES);
            // A file that was cut at a chunk's border fails here: its last chunk was not sealed as the last.
            ended = ahead.length == 0;
            plain = open(sealed);
            position = 0;
        }
        return true;
    }

    private byte[] open(byte[] sealed) throws IOException {
        try {
            return cipher.decrypt(sealed, sealed.length, ended);
        } catch (GeneralSecurityException e) {
            throw new OriginalDamaged(document, "was cut off or altered", e);
        }
    }
}
