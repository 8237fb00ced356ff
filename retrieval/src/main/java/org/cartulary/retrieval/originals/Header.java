package org.cartulary.retrieval.originals;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;

/**
 * The clear beginning of an encrypted original: format and version, the data key's id, and the random part of every
 * chunk's nonce. Authenticated with every chunk, together with the document's id.
 */
final class Header {
    static final int BYTES = 4 + 8 + Header.PREFIX_BYTES;

    private static final int PREFIX_BYTES = 7;
    private static final int MAGIC_AND_VERSION = 0x43544F01; // "CTO", version 1

    private final long keyId;
    private final byte[] noncePrefix;

    private Header(long keyId, byte[] noncePrefix) {
        this.keyId = keyId;
        this.noncePrefix = noncePrefix;
    }

    static Header fresh(long keyId, SecureRandom random) {
        byte[] prefix = new byte[PREFIX_BYTES];
        random.nextBytes(prefix);
        return new Header(keyId, prefix);
    }

    static Header read(InputStream in, UUID document) throws IOException {
        byte[] bytes = new byte[BYTES];
        try {
            new DataInputStream(in).readFully(bytes);
        } catch (EOFException e) {
            throw new OriginalDamaged(document, "was cut off", e);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (buffer.getInt() != MAGIC_AND_VERSION) {
            throw new OriginalDamaged(document, "does not begin as an encrypted original");
        }
        return new Header(buffer.getLong(), Arrays.copyOfRange(bytes, BYTES - PREFIX_BYTES, BYTES));
    }

    long keyId() {
        return keyId;
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .putInt(MAGIC_AND_VERSION)
                .putLong(keyId)
                .put(noncePrefix)
                .array();
    }

    /** Nonce of a chunk as in the STREAM construction: prefix, counter, whether it is the last. */
    byte[] nonce(int chunk, boolean last) {
        return ByteBuffer.allocate(PREFIX_BYTES + 5)
                .put(noncePrefix)
                .putInt(chunk)
                .put((byte) (last ? 1 : 0))
                .array();
    }

    /** What each chunk vouches for besides its own bytes: this header, and whose original it is. */
    byte[] associatedData(UUID document) {
        return ByteBuffer.allocate(BYTES + 16)
                .put(bytes())
                .putLong(document.getMostSignificantBits())
                .putLong(document.getLeastSignificantBits())
                .array();
    }
}
