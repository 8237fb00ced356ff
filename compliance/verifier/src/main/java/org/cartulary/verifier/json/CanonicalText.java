package org.cartulary.verifier.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.cartulary.verifier.report.CheckFailed;

/**
 * Strings in their canonical spelling (RFC 8785 section 3.2.2.2): a character is escaped only where JSON demands it, and
 * in the shortest way; all else is plain UTF-8. One thread.
 */
final class CanonicalText {
    private static final String SHORT_ESCAPES = "\"\\bfnrt";
    private static final String SHORT_ESCAPED = "\"\\\b\f\n\r\t";

    private final byte[] bytes;
    private final int limit;
    private final String where;
    private int end;
    private boolean escaped;
    private boolean ascii;

    CanonicalText(byte[] bytes, int limit, String where) {
        this.bytes = bytes;
        this.limit = limit;
        this.where = where;
    }

    /** Reads the string whose opening quote is at {@code from}. */
    String read(int from) {
        scan(from);
        if (ascii && !escaped) {
            return new String(bytes, from + 1, end - from - 2, StandardCharsets.ISO_8859_1);
        }
        String raw = decode(from + 1, end - 1);
        return escaped ? unescape(raw) : raw;
    }

    /** Checks the string whose opening quote is at {@code from} and returns where it ends. */
    int skip(int from) {
        scan(from);
        if (!ascii) {
            decode(from + 1, end - 1);
        }
        return end;
    }

    /** Position after the closing quote of the string read last. */
    int end() {
        return end;
    }

    private void scan(int from) {
        if (from >= limit || bytes[from] != '"') {
            throw failure(from, "a string");
        }
        escaped = false;
        ascii = true;
        int at = from + 1;
        while (at < limit && bytes[at] != '"') {
            byte b = bytes[at];
            if (b == '\\') {
                escaped = true;
                at += escapeLength(at);
            } else if (b >= 0 && b < ' ') {
                throw failure(at, "an escaped control character");
            } else {
                ascii &= b >= 0;
                at++;
            }
        }
        if (at >= limit) {
            throw failure(limit, "the end of the string");
        }
        end = at + 1;
    }

    private int escapeLength(int at) {
        if (at + 1 < limit && SHORT_ESCAPES.indexOf(bytes[at + 1]) >= 0) {
            return 2;
        }
        if (at + 6 > limit || bytes[at + 1] != 'u' || bytes[at + 2] != '0' || bytes[at + 3] != '0') {
            throw failure(at, "the shortest escape");
        }
        int high = bytes[at + 4] - '0';
        int low = "0123456789abcdef".indexOf(bytes[at + 5]);
        if (high < 0 || high > 1 || low < 0 || SHORT_ESCAPED.indexOf(high * 16 + low) >= 0) {
            throw failure(at, "the shortest escape");
        }
        return 6;
    }

    private static String unescape(String raw) {
        StringBuilder plain = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                plain.append(c);
            } else if (raw.charAt(++i) == 'u') {
                plain.append((char) Integer.parseInt(raw, i + 1, i + 5, 16));
                i += 4;
            } else {
                plain.append(SHORT_ESCAPED.charAt(SHORT_ESCAPES.indexOf(raw.charAt(i))));
            }
        }
        return plain.toString();
    }

    private String decode(int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw failure(from, "UTF-8");
        }
    }

    private CheckFailed failure(int at, String expected) {
        String found = at < limit ? "0x%02x".formatted(bytes[at]) : "the end of the text";
        return new CheckFailed(where + ", byte " + at, expected, found);
    }
}
