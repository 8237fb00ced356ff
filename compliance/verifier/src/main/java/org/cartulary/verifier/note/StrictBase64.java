package org.cartulary.verifier.note;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.report.Finding;

/** Base64 of RFC 4648 section 4 that takes only the one canonical spelling of each value: padded, unused bits zero. */
public final class StrictBase64 {
    private static final int CHARS_OF_THREE_BYTES = 4;
    /** The characters whose last four bits are zero. */
    private static final String ENDS_OF_ONE_BYTE = "AQgw";
    /** Those whose last two bits are. */
    private static final String ENDS_OF_TWO_BYTES = "AEIMQUYcgkosw048";

    private StrictBase64() {}

    /** Decodes, or fails as {@code where}. */
    public static byte[] decode(String text, String where) {
        return decode(text.getBytes(StandardCharsets.UTF_8), where);
    }

    /** Decodes a value of {@code bytes} bytes, or fails as {@code where}. */
    public static byte[] decode(String text, int bytes, String where) {
        return ofLength(decode(text, where), bytes, where);
    }

    /** Decodes a value of {@code bytes} bytes that stands in a part of {@code text}, or fails as {@code where}. */
    public static byte[] decode(byte[] text, int from, int to, int bytes, String where) {
        return ofLength(decode(Arrays.copyOfRange(text, from, to), where), bytes, where);
    }

    private static byte[] decode(byte[] spelling, String where) {
        byte[] value;
        try {
            value = Base64.getDecoder().decode(spelling);
        } catch (IllegalArgumentException e) {
            throw new CheckFailed(where, "base64", quoted(spelling) + " (" + e.getMessage() + ")");
        }
        if (!isCanonical(spelling)) {
            throw new CheckFailed(where, "canonical base64", quoted(spelling));
        }
        return value;
    }

    /** Whether what was decoded is padded and has zeros in the bits of its last character that carry nothing. */
    private static boolean isCanonical(byte[] spelling) {
        int length = spelling.length;
        if (length % CHARS_OF_THREE_BYTES != 0) {
            return false;
        }
        if (length == 0 || spelling[length - 1] != '=') {
            return true;
        }
        return spelling[length - 2] == '='
                ? ENDS_OF_ONE_BYTE.indexOf(spelling[length - 3]) >= 0
                : ENDS_OF_TWO_BYTES.indexOf(spelling[length - 2]) >= 0;
    }

    private static byte[] ofLength(byte[] value, int bytes, String where) {
        if (value.length != bytes) {
            throw new CheckFailed(where, "base64 of " + bytes + " bytes", value.length + " bytes");
        }
        return value;
    }

    private static String quoted(byte[] spelling) {
        return Finding.quoted(new String(spelling, StandardCharsets.UTF_8));
    }
}
