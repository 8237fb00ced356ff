package org.cartulary.inference.llama;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Bytes in, whole characters out: a token can end in the middle of a UTF-8 character. Used by one thread. */
final class CharacterStream {
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] pending = {};

    /** The characters that are complete with these bytes. */
    String append(byte[] bytes) {
        return decode(bytes, false);
    }

    /** What an unfinished character at the end becomes. */
    String finish() {
        return decode(new byte[0], true);
    }

    private String decode(byte[] bytes, boolean end) {
        ByteBuffer in = ByteBuffer.allocate(pending.length + bytes.length)
                .put(pending)
                .put(bytes)
                .flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + 2);
        decoder.decode(in, out, end);
        pending = new byte[in.remaining()];
        in.get(pending);
        return out.flip().toString();
    }
}
